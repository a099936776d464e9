/** What the browser tests share. */
import { createServer, request as httpRequest } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { type BrowserContext, test as base, chromium, type Page } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '../../scripts/chromium.mjs';

export { expect } from '@playwright/test';

export interface Options {
  /** By what the engine's waits are multiplied (src/limits.ts): 1 in the long run, and as shipped. */
  waitFactor: number;
}

interface Fixtures {
  /** Messages of the page's console that are warnings or errors, and uncaught errors. */
  complaints: string[];
}

/** Every test gets a context of its own: a fresh profile without storage or service worker. */
export const test = base.extend<Fixtures & Options>({
  waitFactor: [1, { option: true }],
  context: async ({ context, waitFactor }, use) => {
    if (waitFactor !== 1) {
      await context.addInitScript((factor) => {
        Object.assign(globalThis, { waitFactor: factor });
      }, waitFactor);
    }
    await use(context);
  },
  complaints: async ({ page }, use) => {
    await use(collectComplaints(page));
  },
});

export function collectComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Playwright's own word, in the tests that do without a service worker.
    if (message.text() === 'Service Worker registration blocked by Playwright') return;
    const type = message.type();
    if (type === 'error' || type === 'warning') complaints.push(`${type}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  return complaints;
}

/** Waits until the service worker controls the page. */
export async function controlled(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, {
    timeout: 30_000,
  });
}

/** What the service worker answers to "does everything used so far work offline?". */
export function offlineReadiness(page: Page): Promise<{ ready: boolean; missing: string[] }> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const worker = navigator.serviceWorker.controller;
        if (!worker) return reject(new Error('not controlled'));
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => resolve(data);
        worker.postMessage({ type: 'OFFLINE_READY?' }, [port2]);
      }),
  );
}

/**
 * Chromium's own calls home (sign-in check, updates of parts and extensions, push messages), turned to a dead
 * local port: what a proxy sees then is the app's doing. The app's own requests are not touched.
 */
const HOME_CALLS = [
  '--gaia-url=http://localhost:9/',
  '--component-updater=url-source=http://localhost:9/',
  '--apps-gallery-update-url=http://localhost:9/',
  '--gcm-checkin-url=http://localhost:9/',
  '--gcm-registration-url=http://localhost:9/',
];

interface LaunchOptions {
  /** `host:port` of a proxy that even requests to localhost go through. */
  proxy?: string;
  args?: string[];
  /** With a graphics processor, software or not. */
  gpu?: boolean;
  /** Without the service worker, where it plays no part: a start is twice as quick. */
  noServiceWorker?: boolean;
}

/** A Chromium of its own whose profile lies in `dir`, so that it can be closed and come back. */
export function launchPersistent(
  dir: string,
  options: LaunchOptions = {},
): Promise<BrowserContext> {
  const proxy = options.proxy
    ? [`--proxy-server=http://${options.proxy}`, '--proxy-bypass-list=<-loopback>']
    : [];
  return chromium.launchPersistentContext(dir, {
    executablePath: findChromium() ?? undefined,
    args: [
      ...CHROMIUM_ARGS.filter((arg) => !options.gpu || arg !== '--disable-gpu'),
      ...HOME_CALLS,
      ...proxy,
      ...(options.args ?? []),
    ],
    serviceWorkers: options.noServiceWorker ? 'block' : 'allow',
  });
}

export interface LoggingProxy {
  /** `host:port`, for launchPersistent. */
  address: string;
  /** `host:port` of every request, in order, whoever in the browser made it. */
  requested: string[];
  /** Those that were not for this machine. */
  foreign: () => string[];
  close: () => Promise<void>;
}

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/** Sees requests of workers and of the browser itself too, and forwards to this machine only. */
export async function startLoggingProxy(): Promise<LoggingProxy> {
  const requested: string[] = [];
  const sockets = new Set<Socket>();
  const hostOf = (target: string) => target.replace(/:\d+$/, '');
  const isLocal = (target: string) => LOCAL.has(hostOf(target));
  const server = createServer((request, response) => {
    let url: URL;
    try {
      url = new URL(request.url ?? '');
    } catch {
      response.writeHead(400).end();
      return;
    }
    const target = `${url.hostname}:${url.port || '80'}`;
    requested.push(target);
    if (!isLocal(target)) {
      response.writeHead(403).end();
      return;
    }
    const onward = httpRequest(
      url,
      { method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.on('error', () => response.destroy());
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('connect', (request, client: Socket, head: Buffer) => {
    const target = request.url ?? '';
    requested.push(target);
    client.on('error', () => {});
    if (!isLocal(target)) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const port = Number(/:(\d+)$/.exec(target)?.[1] ?? 443);
    const onward = connect(port, hostOf(target).replace(/^\[|\]$/g, ''), () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      onward.pipe(client).pipe(onward);
    });
    onward.on('error', () => client.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requested,
    foreign: () => requested.filter((target) => !isLocal(target)),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
