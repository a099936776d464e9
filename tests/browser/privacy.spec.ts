import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, launchPersistent, startLoggingProxy, test } from './harness.ts';
import { closeSearch, folderOf, go, importFolder, search, upToDate } from './support/app.ts';
import { EVERYDAY } from './support/everyday.ts';

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

test('a request elsewhere is refused from page and worker alike', async ({ page }) => {
  await page.goto('./');
  await upToDate(page);
  const refused = await page.evaluate(async () => {
    const attempts: Record<string, string> = {};
    const image = new Image();
    attempts.image = await new Promise((resolve) => {
      image.onload = () => resolve('loaded');
      image.onerror = () => resolve('refused');
      image.src = 'http://127.0.0.1:9/x.png';
    });
    attempts.fetch = await fetch('http://127.0.0.1:9/').then(
      () => 'answered',
      () => 'refused',
    );
    try {
      new Worker('http://127.0.0.1:9/w.js');
      attempts.worker = 'started';
    } catch {
      attempts.worker = 'refused';
    }
    return attempts;
  });
  expect(refused).toEqual({ image: 'refused', fetch: 'refused', worker: 'refused' });
});
