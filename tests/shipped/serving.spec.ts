import { readdirSync } from 'node:fs';
import { HEADERS } from '../../scripts/headers.mjs';
import { serve } from '../../scripts/serve.mjs';
import { controlled, expect, offlineReadiness, test } from '../browser/harness.ts';

const assets = readdirSync('dist/assets');
const shouldHaveAll = (headers: Record<string, string>) => {
  for (const [name, value] of Object.entries(HEADERS)) {
    expect(headers[name.toLowerCase()], name).toBe(value);
  }
};

test('the headers are on everything: page, scripts, runtime and what is not there', async ({
  request,
}) => {
  const paths = ['', 'sw.js', 'manifest.webmanifest', 'ort/ort-wasm-simd-threaded.wasm', 'nothing'];
  const scripts = assets.filter((name) => name.endsWith('.js')).map((name) => `assets/${name}`);
  expect(scripts.length).toBeGreaterThan(1);
  for (const path of [...paths, ...scripts]) {
    const response = await request.head(path);
    expect(response.status(), path).toBe(path === 'nothing' ? 404 : 200);
    shouldHaveAll(response.headers());
  }
});

test('each kind of file has its type', async ({ request }) => {
  const types = {
    '': 'text/html; charset=utf-8',
    'sw.js': 'text/javascript; charset=utf-8',
    'ort/ort-wasm-simd-threaded.mjs': 'text/javascript; charset=utf-8',
    'ort/ort-wasm-simd-threaded.wasm': 'application/wasm',
    'manifest.webmanifest': 'application/manifest+json; charset=utf-8',
    'icons/icon.svg': 'image/svg+xml',
  };
  for (const [path, type] of Object.entries(types)) {
    const response = await request.head(path);
    expect(response.headers()['content-type'], path).toBe(type);
    expect(response.headers()['content-length'], path).toMatch(/^[1-9]\d*$/);
  }
});

test('the runtime is there once, and no source map', () => {
  expect(assets.filter((name) => /\.(wasm|map)$/.test(name))).toEqual([]);
  expect(readdirSync('dist/ort').sort()).toEqual([
    'ort-wasm-simd-threaded.asyncify.mjs',
    'ort-wasm-simd-threaded.asyncify.wasm',
    'ort-wasm-simd-threaded.mjs',
    'ort-wasm-simd-threaded.wasm',
  ]);
});

test('the page is isolated, and its policy refuses inline and foreign scripts', async ({
  page,
}) => {
  await page.goto('./');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const refused = await page.evaluate(async () => {
    const results: Record<string, boolean> = {};
    const refuses = (act: () => unknown) => {
      try {
        act();
        return false;
      } catch {
        return true;
      }
    };
    results.html = refuses(() => {
      document.createElement('div').innerHTML = '<img>';
    });
    // Later, since the debugger's own evaluation is let off this part of the policy.
    results.eval = await new Promise((done) => {
      setTimeout(() => done(refuses(() => Reflect.construct(Function, ['1']))));
    });
    results.blobWorker = refuses(() => new Worker(URL.createObjectURL(new Blob(['1']))));
    results.foreignWorker = refuses(() => new Worker('https://example.org/worker.js'));
    results.fetch = await fetch('https://example.org/').then(
      () => false,
      () => true,
    );
    return results;
  });
  expect(refused).toEqual({
    html: true,
    eval: true,
    blobWorker: true,
    foreignWorker: true,
    fetch: true,
  });
});

test('the manifest describes an installable app and its icons load', async ({ page, request }) => {
  await page.goto('./');
  const cdp = await page.context().newCDPSession(page);
  const { errors } = await cdp.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const manifest = await (await request.get('manifest.webmanifest')).json();
  expect(manifest).toMatchObject({
    name: 'Findling',
    start_url: './',
    scope: './',
    display: 'standalone',
  });
  const sizes = await page.evaluate(async (icons: { src: string; sizes: string }[]) => {
    const load = async ({ src, sizes: declared }: { src: string; sizes: string }) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      const real = `${image.naturalWidth}x${image.naturalHeight}`;
      return declared === 'any' || declared === real;
    };
    return Promise.all(icons.map(load));
  }, manifest.icons);
  expect(sizes.length).toBeGreaterThanOrEqual(4);
  expect(sizes).not.toContain(false);
  const purposes = manifest.icons.map((icon: { purpose: string }) => icon.purpose);
  expect(purposes).toContain('maskable');
  await controlled(page);
  const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
  const incognito = 'in-incognito';
  expect(installabilityErrors.filter(({ errorId }) => errorId !== incognito)).toEqual([]);
});

test('the app works below a sub-path, service worker included', async ({ page }) => {
  const server = await serve({ dir: 'dist', base: '/deep/sub/' });
  const outside: string[] = [];
  const failed: string[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.startsWith('/deep/sub/')) outside.push(pathname);
    if (response.status() >= 400) failed.push(pathname);
  });
  try {
    await page.goto(server.url);
    await controlled(page);
    const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
    expect(scope).toBe(server.url);
    const { missing } = await offlineReadiness(page);
    expect(missing.filter((path) => !/^(ort|models)\//.test(path))).toEqual([]);
    expect(outside).toEqual([]);
    expect(failed).toEqual([]);
  } finally {
    await server.close();
  }
});
