/**
 * The service worker: makes the app work without network and keeps it from speaking to anyone but
 * its own server. Built to `sw.js` beside index.html, on its own and with no imports.
 */
import { SHARE_PATH, sharedCache } from './protocol.ts';
import { BigFiles } from './sw/big-files.ts';
import { BIG, BUILD, SHELL } from './sw/files.ts';
import { keepShared } from './sw/shared.ts';
import { Shell } from './sw/shell.ts';

declare const self: ServiceWorkerGlobalScope;

const scope = self.registration.scope;
const origin = self.location.origin;
/** Cache names are shared by a whole origin, so they tell apart copies of the app on it. */
const folder = new URL(scope).pathname;
const prefix = `findling:${folder}:`;
const shell = new Shell(scope, prefix, BUILD, SHELL);
const bigFiles = new BigFiles(scope, prefix, BIG, () => {
  void self.registration.update().catch(() => {});
});

self.addEventListener('install', (event) => {
  event.waitUntil(shell.install());
  // Later versions wait until the person agrees or every tab is closed.
  if (!self.registration.active) void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([shell.clean(), bigFiles.clean()]).then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== origin) {
    // The policy forbids it already; this holds whatever the headers say.
    if (request.mode !== 'navigate') event.respondWith(Response.error());
    return;
  }
  if (request.method === 'POST' && request.mode === 'navigate' && url.href === scope + SHARE_PATH) {
    event.respondWith(keepShared(request, scope, sharedCache(folder)));
    return;
  }
  if (request.method !== 'GET' || request.headers.has('range')) return;
  if (!url.href.startsWith(scope)) return;
  const path = decode(url.href.split(/[?#]/, 1)[0]!.slice(scope.length)) || 'index.html';
  if (BIG.has(path)) {
    event.respondWith(bigFiles.respond(path, request, (work) => event.waitUntil(work)));
  } else if (SHELL.has(path)) {
    event.respondWith(fromShell(path, request));
  } else if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(() => fromShell('index.html', request)));
  }
});

self.addEventListener('message', (event) => {
  const type: unknown = event.data?.type;
  if (type === 'SKIP_WAITING') void self.skipWaiting();
  // A page loaded by a forced reload is not controlled until it is claimed again.
  else if (type === 'CLAIM') event.waitUntil(self.clients.claim().catch(() => {}));
  else if (type === 'OFFLINE_READY?') event.waitUntil(tellReadiness(event.ports[0]));
});

async function fromShell(path: string, request: Request): Promise<Response> {
  return (await shell.match(path)) ?? fetch(request);
}

async function tellReadiness(port: MessagePort | undefined): Promise<void> {
  const missing = [...(await shell.missing()), ...(await bigFiles.missing())];
  port?.postMessage({ ready: missing.length === 0, missing });
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
