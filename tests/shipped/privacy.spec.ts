import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  controlled,
  expect,
  launchPersistent,
  startLoggingProxy,
  test,
} from '../browser/harness.ts';
import {
  closeSearch,
  folderOf,
  go,
  importFolder,
  search,
  upToDate,
} from '../browser/support/app.ts';
import { EVERYDAY } from '../browser/support/everyday.ts';

test('no request leaves, whoever in the browser makes it', async ({ baseURL }) => {
  const profile = mkdtempSync(join(tmpdir(), 'findling-profile-'));
  const proxy = await startLoggingProxy();
  const { dir, remove } = folderOf({
    ...EVERYDAY,
    'hostile.md':
      '# <img src=https://evil.example/a.png onerror=alert(1)>\n\n<script src="https://evil.example/x.js"></script> ![x](https://evil.example/b.png)',
  });
  const context = await launchPersistent(profile, { proxy: proxy.address });
  try {
    const page = await context.newPage();
    await page.goto(baseURL!);
    await importFolder(page, dir);
    await upToDate(page);
    await search(page, 'evil script image');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Note' })).toBeVisible();
    for (const name of ['Map', 'Health', 'Settings', 'Notes']) await go(page, name);
    await page.reload();
    await upToDate(page);
    await search(page, 'coffee');
    await closeSearch(page);
    // The proxy really saw the app: else its silence would prove nothing.
    expect(proxy.requested.length).toBeGreaterThan(5);
    expect(proxy.foreign()).toEqual([]);
  } finally {
    await context.close();
    await proxy.close();
    remove();
    rmSync(profile, { recursive: true, force: true });
  }
});

test('a request elsewhere is refused from page, worker and service worker alike', {
  tag: '@long',
}, async ({ page, context }) => {
  // It would answer anybody: what does not reach it was stopped on this side.
  const reached: string[] = [];
  const elsewhere = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    response.writeHead(200, {
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'content-type': 'text/javascript',
    });
    response.end('');
  });
  elsewhere.on('upgrade', (request, socket) => {
    reached.push(`upgrade ${request.url}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => {
    elsewhere.listen(0, '127.0.0.1', resolve);
  });
  const far = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  try {
    expect((await fetch(`${far}/really`)).status).toBe(200);
    expect(reached.splice(0)).toEqual(['GET /really']);
    await page.goto('./');
    await upToDate(page);
    await controlled(page);

    /** What a script may try anywhere. */
    const tryAll = async (base: string): Promise<Record<string, string>> => {
      const outcome: Record<string, string> = {};
      const attempt = async (name: string, act: () => unknown) => {
        try {
          await act();
          outcome[name] = 'done';
        } catch {
          outcome[name] = 'refused';
        }
      };
      await attempt('fetch', () => fetch(`${base}/fetch`));
      await attempt('opaque', () => fetch(`${base}/opaque`, { mode: 'no-cors' }));
      await attempt('post', () => fetch(`${base}/post`, { method: 'POST', body: 'note' }));
      await attempt('import', () => import(`${base}/import.js`));
      await attempt(
        'socket',
        () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket(`${base.replace('http', 'ws')}/socket`);
            socket.onopen = resolve;
            socket.onerror = reject;
          }),
      );
      return outcome;
    };
    const refused = { fetch: 'refused', opaque: 'refused', post: 'refused', import: 'refused' };
    expect(await page.evaluate(tryAll, far)).toEqual({ ...refused, socket: 'refused' });
    const [worker] = page.workers();
    expect(await worker!.evaluate(tryAll, far)).toEqual({ ...refused, socket: 'refused' });
    const [serviceWorker] = context.serviceWorkers();
    expect(await serviceWorker!.evaluate(tryAll, far)).toEqual({ ...refused, socket: 'refused' });

    const inPage = await page.evaluate(async (base) => {
      const settled = (element: HTMLElement) =>
        new Promise<string>((resolve) => {
          element.addEventListener('load', () => resolve('loaded'));
          element.addEventListener('error', () => resolve('refused'));
          setTimeout(() => resolve('silent'), 3_000);
          document.head.append(element);
        });
      const make = (tag: string, set: object) => Object.assign(document.createElement(tag), set);
      navigator.sendBeacon(`${base}/beacon`, 'note');
      return {
        image: await settled(make('img', { src: `${base}/a.png` })),
        style: await settled(make('link', { rel: 'stylesheet', href: `${base}/a.css` })),
        preload: await settled(
          make('link', { rel: 'preload', as: 'image', href: `${base}/b.png` }),
        ),
        frame: await settled(make('iframe', { src: `${base}/frame` })),
        media: await settled(make('video', { src: `${base}/a.mp4` })),
      };
    }, far);
    expect([inPage.image, inPage.style]).toEqual(['refused', 'refused']);
    // A frame that is refused "loads" an empty page, so the server has the last word.
    expect(reached).toEqual([]);
  } finally {
    elsewhere.closeAllConnections();
    elsewhere.close();
  }
});
