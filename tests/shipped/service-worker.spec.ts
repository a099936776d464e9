/** The service worker's promises, asked of the built files themselves. */
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import {
  controlled,
  expect,
  launchPersistent,
  offlineReadiness,
  startLoggingProxy,
  test,
} from '../browser/harness.ts';
import { closeSearch, search, upToDate, writeNote } from '../browser/support/app.ts';
import { ownCopy } from '../browser/support/own-copy.ts';
import { random } from '../random.ts';

const WASM = 'ort/ort-wasm-simd-threaded.asyncify.wasm';

/** Fetches through the page; the length, or what went wrong. */
const load = (page: Page, path: string, init?: RequestInit) =>
  page.evaluate(
    async ([url, options]) => {
      try {
        const response = await fetch(url as string, options as RequestInit);
        return (await response.arrayBuffer()).byteLength;
      } catch (error) {
        return (error as Error).name;
      }
    },
    [path, init] as const,
  );

const kept = (page: Page, path: string) =>
  page.evaluate(async (wanted) => {
    const name = (await caches.keys()).find((key) => key.endsWith(':big'));
    const keys = name ? await (await caches.open(name)).keys() : [];
    return keys.some(({ url }) => new URL(url).pathname.endsWith(wanted));
  }, path);

test('a big file that loaded is kept, and everything works with the server gone', {
  tag: '@long',
}, async ({ page }) => {
  const copy = await ownCopy();
  try {
    await page.goto(copy.url);
    await controlled(page);
    const size = statSync(join(copy.dir, WASM)).size;
    expect(await load(page, WASM)).toBe(size);
    expect(await kept(page, WASM)).toBe(true);
    await copy.close();
    expect(await load(page, WASM)).toBe(size);
    await page.reload();
    await expect(page).toHaveTitle(/Findling/);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    const headers = await page.evaluate(async (path) => {
      const response = await fetch(path);
      return [
        response.headers.get('content-type'),
        response.headers.get('content-security-policy'),
      ];
    }, WASM);
    expect(headers[0]).toBe('application/wasm');
    expect(headers[1]).toContain("default-src 'none'");
    // Deep links are fragments or queries of the one page.
    await page.goto(`${copy.url}?from=link#/health`);
    await expect(page).toHaveTitle(/Findling/);
  } finally {
    await copy[Symbol.asyncDispose]();
  }
});

test('readiness names what was used and is not kept', { tag: '@long' }, async ({ page }) => {
  await page.goto('./');
  await controlled(page);
  await load(page, WASM);
  expect((await offlineReadiness(page)).missing).not.toContain(WASM);
  await page.evaluate(async () => {
    for (const key of await caches.keys()) if (key.endsWith(':big')) await caches.delete(key);
  });
  const { ready, missing } = await offlineReadiness(page);
  expect(ready).toBe(false);
  expect(missing).toContain(WASM);
});

test('a file that differs from the build is neither given whole nor kept', {
  tag: '@long',
}, async ({ page }) => {
  const copy = await ownCopy();
  try {
    const size = statSync(join(copy.dir, WASM)).size;
    await page.goto(copy.url);
    await controlled(page);
    writeFileSync(join(copy.dir, WASM), Buffer.alloc(size));
    expect(await load(page, WASM)).toBe('TypeError');
    writeFileSync(join(copy.dir, WASM), Buffer.alloc(1000));
    expect(await load(page, WASM)).toBe('TypeError');
    expect(await kept(page, WASM)).toBe(false);
    cpSync(join('dist', WASM), join(copy.dir, WASM));
    expect(await load(page, WASM)).toBe(size);
    expect(await kept(page, WASM)).toBe(true);
  } finally {
    await copy[Symbol.asyncDispose]();
  }
});

/** The built app behind a bad line: `send` sends a file's bytes as that line does. */
async function badLine(
  send: (path: string, body: Buffer, response: ServerResponse) => unknown,
): Promise<{ url: string; close(): Promise<void> }> {
  const behind = await serve({ dir: 'dist' });
  const front = createServer(async (request, response) => {
    let answer: Response;
    let body: Buffer;
    try {
      // As it lies there: what is passed on is not compressed anew.
      const headers = { 'accept-encoding': 'identity' };
      answer = await fetch(`${behind.url.slice(0, -1)}${request.url}`, { headers });
      body = Buffer.from(await answer.arrayBuffer());
    } catch {
      // The app may still be loading when the test ends and the server behind closes.
      return void response.destroy();
    }
    const headers = Object.fromEntries(answer.headers);
    delete headers.connection;
    delete headers['keep-alive'];
    response.writeHead(answer.status, headers);
    send(request.url ?? '', body, response);
  });
  await new Promise<void>((done) => {
    front.listen(0, '127.0.0.1', done);
  });
  return {
    url: `http://localhost:${(front.address() as AddressInfo).port}/`,
    async close() {
      front.closeAllConnections();
      front.close();
      await behind.close();
    },
  };
}

test('a service worker that comes late: the app starts without it, and is ready offline after all', {
  tag: '@long',
}, async ({ page }) => {
  let letIn = (): void => {};
  const held = new Promise<void>((resolve) => {
    letIn = resolve;
  });
  const line = await badLine(async (path, body, response) => {
    if (path.endsWith('/sw.js')) await held;
    response.end(body);
  });
  try {
    await page.goto(line.url);
    await writeNote(page, 'Bicycle', 'Oil the chain after rain, and check the brake pads.');
    await upToDate(page);
    expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
    const next = page.waitForEvent('worker');
    letIn();
    await controlled(page);
    await next;
    // Found by meaning: the next engine has all that it needs.
    expect((await search(page, 'taking care of my bike'))[0]).toMatch(/^Bicycle/);
    await closeSearch(page);
    await expect(async () =>
      expect(await offlineReadiness(page)).toEqual({ ready: true, missing: [] }),
    ).toPass({ timeout: 60_000 });
    await line.close();
    await page.reload();
    await upToDate(page);
    expect((await search(page, 'taking care of my bike'))[0]).toMatch(/^Bicycle/);
  } finally {
    await line.close().catch(() => {});
  }
});

test('a download that is cut off goes on by itself, and is kept once it is whole', {
  tag: '@long',
}, async ({ page }) => {
  // How often the line goes dead, each time somewhere else in the runtime.
  let cuts = 2;
  let asked = 0;
  const next = random(77);
  const line = await badLine((path, body, response) => {
    if (!path.endsWith(WASM)) return void response.end(body);
    asked++;
    if (cuts === 0) return void response.end(body);
    cuts--;
    response.write(body.subarray(0, Math.floor(next() * body.length)), () => {
      setTimeout(() => response.destroy(), 50);
    });
  });
  try {
    await page.goto(line.url);
    await controlled(page);
    expect(await load(page, WASM)).toBe(statSync(join('dist', WASM)).size);
    expect([cuts, asked]).toEqual([0, 3]);
    expect(await kept(page, WASM)).toBe(true);
    // What stays cut off is given up, and neither given whole nor kept.
    await page.evaluate(async () => {
      for (const key of await caches.keys()) if (key.endsWith(':big')) await caches.delete(key);
    });
    cuts = 1_000;
    expect(await load(page, WASM)).toBe('TypeError');
    expect(await kept(page, WASM)).toBe(false);
  } finally {
    await line.close();
  }
});

test('a new version waits, then replaces the shell and keeps what did not change', async ({
  page,
}) => {
  const copy = await ownCopy();
  try {
    await page.goto(copy.url);
    await controlled(page);
    await load(page, WASM);
    const before = await page.evaluate(() => caches.keys());
    const { readFileSync } = await import('node:fs');
    const script = readFileSync(join(copy.dir, 'sw.js'), 'utf8');
    const build = before
      .find((name) => name.includes(':shell:'))
      ?.split(':')
      .at(-1) as string;
    expect(script).toContain(build);
    writeFileSync(join(copy.dir, 'sw.js'), script.replaceAll(build, 'next-build'));
    const waiting = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
      while (!registration.waiting) await new Promise((done) => setTimeout(done, 50));
      return registration.waiting.state;
    });
    expect(waiting).toBe('installed');
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const changed = new Promise((done) => {
        navigator.serviceWorker.addEventListener('controllerchange', done, { once: true });
      });
      registration.waiting?.postMessage({ type: 'SKIP_WAITING' });
      await changed;
    });
    // The controller changes first, the old version's files go soon after.
    const shells = () =>
      page.evaluate(async () => (await caches.keys()).filter((name) => name.includes(':shell:')));
    // The page moves along, so it may be loading while it is asked.
    await expect(async () => {
      expect(await shells()).toEqual(['findling:/:shell:next-build']);
    }).toPass();
    await page.waitForLoadState();
    expect(await kept(page, WASM)).toBe(true);
  } finally {
    await copy[Symbol.asyncDispose]();
  }
});

test('the shell is whole after the first visit', async ({ page }) => {
  await page.goto('./');
  await controlled(page);
  const held = await page.evaluate(async () => {
    const name = (await caches.keys()).find((key) => key.includes(':shell:')) as string;
    return (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
  });
  const files = ['assets', 'icons'].flatMap((dir) =>
    readdirSync(`dist/${dir}`).map((file) => `/${dir}/${file}`),
  );
  for (const path of [...files, '/index.html', '/manifest.webmanifest']) {
    expect(held).toContain(path);
  }
});

test('the logging proxy sees requests and lets none leave', { tag: '@long' }, async ({
  baseURL,
}) => {
  const proxy = await startLoggingProxy();
  try {
    const { request } = await import('node:http');
    const [host, port] = proxy.address.split(':');
    const ask = (path: string) =>
      new Promise<number | undefined>((done, fail) => {
        request({ host, port, path }, (response) => {
          response.resume();
          done(response.statusCode);
        })
          .on('error', fail)
          .end();
      });
    expect(await ask('http://example.org/')).toBe(403);
    expect(await ask(baseURL!)).toBe(200);
    expect(proxy.requested).toEqual(['example.org:80', new URL(baseURL!).host]);
    expect(proxy.foreign()).toEqual(['example.org:80']);

    const profile = mkdtempSync(join(tmpdir(), 'findling-profile-'));
    const context = await launchPersistent(profile, { proxy: proxy.address });
    try {
      const page = await context.newPage();
      const before = proxy.requested.length;
      await page.goto(baseURL!);
      await controlled(page);
      // The page, and the service worker's own requests, for all of the shell.
      expect(proxy.requested.length - before).toBeGreaterThan(readdirSync('dist/assets').length);
      // A browser without anything to call home for: only that makes a silent app provable.
      await page.waitForTimeout(10_000);
      expect(proxy.foreign()).toEqual(['example.org:80']);
    } finally {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    }
  } finally {
    await proxy.close();
  }
});
