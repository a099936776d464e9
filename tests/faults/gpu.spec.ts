/** WebGPU compared, used, lost. On Chromium's software adapter, which takes seconds for a passage. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, launchPersistent, test } from '../browser/harness.ts';
import {
  cosine,
  exportVectors,
  go,
  readHealth,
  upToDate,
  writeNote,
} from '../browser/support/app.ts';
import { ALL } from './support.ts';

test.skip(!ALL, 'five minutes: one of the long fault runs');

const device = (page: Page) => page.getByRole('combobox', { name: 'Device' });
const says = (page: Page) => page.getByRole('status', { name: 'Device state' });

/** What the service worker was asked for so far of the runtime. */
const usedRuntimes = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const used = (await caches.keys()).filter((name) => name.endsWith(':used'));
    const keys = await Promise.all(used.map(async (name) => (await caches.open(name)).keys()));
    return keys
      .flat()
      .map(({ url }) => url)
      .filter((url) => url.includes('/ort/'))
      .join();
  });

test('WebGPU is compared, used, and given up when it is lost; no vector is made anew', async ({
  baseURL,
}) => {
  const dir = mkdtempSync(join(tmpdir(), 'findling-gpu-'));
  const context = await launchPersistent(dir, {
    gpu: true,
    args: ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
  });
  const page = await context.newPage();
  await page.goto(baseURL!);
  await writeNote(page, 'Balcony', 'Growing tomatoes in pots.');
  await upToDate(page);
  // The larger runtime is fetched when WebGPU is tried, not before.
  expect(await usedRuntimes(page)).not.toContain('asyncify');

  await go(page, 'Settings');
  await device(page).selectOption('WebGPU');
  await expect(page.getByRole('progressbar', { name: 'Comparing' })).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Comparing' })).toBeHidden({
    timeout: 400_000,
  });
  await expect(says(page)).toHaveText('');
  expect(await usedRuntimes(page)).toContain('asyncify');
  await go(page, 'Health');
  await expect(async () => expect((await readHealth(page)).Device).toBe('WebGPU')).toPass({
    timeout: 200_000,
  });
  expect((await readHealth(page))['Passages embedded']).toBe('1');

  await go(page, 'Notes');
  await writeNote(page, 'Wool', 'Hand wash lukewarm and dry flat.');
  await upToDate(page, 200_000);
  const withGpu = await exportVectors(page);
  expect(withGpu).toHaveLength(2);

  const cdp = await context.newCDPSession(page);
  await cdp.send('Browser.crashGpuProcess').catch(() => {});
  const sentence = page.getByText('WebGPU stopped working. Findling goes on with WebAssembly.');
  await expect(sentence).toBeVisible({ timeout: 60_000 });
  await go(page, 'Health');
  await expect(async () => {
    const now = await readHealth(page);
    expect(now.Device).toBe('WebAssembly');
    expect(now['Worker restarts']).toBe('1');
    expect(now['Passages embedded']).toBe('2');
    expect(now['Workers alive']).toBe('1');
  }).toPass({ timeout: 60_000 });

  // For this session: a reload does not try it again.
  await page.reload();
  await expect(page.getByText('WebGPU stopped working, so the model runs')).toBeVisible();
  await go(page, 'Settings');
  await page.getByRole('button', { name: 'Rebuild index' }).click();
  await go(page, 'Health');
  await expect(async () => {
    expect((await readHealth(page))['Passages embedded']).toBe('4');
  }).toPass({ timeout: 60_000 });
  await upToDate(page);
  const withWasm = await exportVectors(page);
  for (const { text, vector } of withGpu) {
    const same = withWasm.find((one) => one.text === text)!;
    expect(cosine(same.vector, vector)).toBeGreaterThanOrEqual(0.99);
  }
  await context.close();
  rmSync(dir, { recursive: true, force: true });
});
