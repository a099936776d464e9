import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { zipSync } from 'fflate';
import { tinyModel } from '../../scripts/model/tiny/build.mjs';
import { expect, test } from './harness.ts';
import { exportVectors, folderOf, go, readHealth, upToDate, writeNote } from './support/app.ts';

// Each starts a browser of its own, or indexes twice: slow where cores are few.
test.describe.configure({ timeout: 240_000 });

const BUILT_IN = 'Universal Sentence Encoder Lite (6.9 MB)';

const models = (page: Page): Locator => page.getByRole('combobox', { name: 'Embedding model' });
const result = (page: Page): Locator => page.getByRole('status', { name: 'Model import result' });

/** Chooses an imported model by its name; its size stands beside it. */
async function choose(page: Page, name: string): Promise<void> {
  const option = page.getByRole('option', { name: new RegExp(`^${name} \\(\\d+ KB\\)$`) });
  await expect(option).toHaveCount(1);
  await models(page).selectOption({ label: (await option.textContent())! });
}

const folder = (name: string, change: (files: Map<string, Uint8Array>) => void = () => {}) => {
  const files = new Map<string, Uint8Array>(tinyModel(name));
  change(files);
  return folderOf(Object.fromEntries(files), name);
};

async function pickFolder(page: Page, dir: string): Promise<void> {
  await go(page, 'Settings');
  await page.getByLabel('Import model folder').setInputFiles(dir);
}

test('a model’s folder from disk: imported, chosen, searched with, used offline, removed', async ({
  page,
  context,
}) => {
  const { dir, remove } = folder('tiny-last');
  await page.goto('./');
  await writeNote(page, 'Balcony', 'Growing tomatoes in pots.');
  await pickFolder(page, dir);
  await expect(result(page)).toContainText('Imported “tiny-last”');
  await choose(page, 'tiny-last');
  await upToDate(page);
  await expect(async () => {
    const [line] = await exportVectors(page);
    expect(line!.model).toMatch(/^tiny-last-[0-9a-f]{8}/);
    expect(line!.vector).toHaveLength(64);
    expect(Math.hypot(...line!.vector)).toBeCloseTo(1, 4);
  }).toPass();

  await context.setOffline(true);
  await page.reload();
  await go(page, 'Health');
  await expect(async () => {
    const health = await readHealth(page);
    expect(health.Model).toMatch(/^tiny-last-/);
    expect(health.Device).toBe('WebAssembly');
  }).toPass();
  await context.setOffline(false);

  await go(page, 'Settings');
  await expect(page.getByRole('button', { name: 'Remove “tiny-last”' })).toBeDisabled();
  await models(page).selectOption({ label: BUILT_IN });
  await page.getByRole('button', { name: 'Remove “tiny-last”' }).click();
  await expect(page.getByRole('option', { name: /tiny-last/ })).toHaveCount(0);
  await upToDate(page);
  remove();
});

test('a .zip is as good as a folder, whatever folder is in it', async ({ page }) => {
  await page.goto('./');
  await go(page, 'Settings');
  const files = tinyModel('tiny-cls').map(([path, bytes]) => [`models/tiny-cls/${path}`, bytes]);
  const buffer = Buffer.from(zipSync(Object.fromEntries(files)));
  const zip = page.getByLabel('Import model .zip');
  await zip.setInputFiles({ name: 'any.zip', mimeType: 'application/zip', buffer });
  await expect(result(page)).toContainText('Imported “tiny-cls”');
  // Again: it is the same model, by its content.
  await zip.setInputFiles({ name: 'again.zip', mimeType: 'application/zip', buffer });
  await expect(result(page)).toContainText('Imported “tiny-cls”');
  await expect(page.getByRole('option', { name: /tiny-cls/ })).toHaveCount(1);
  await choose(page, 'tiny-cls');
  await upToDate(page);
  await go(page, 'Health');
  await expect(async () => expect((await readHealth(page)).Model).toMatch(/^tiny-cls-/)).toPass();

  await go(page, 'Settings');
  const cut = buffer.subarray(0, buffer.length >> 1);
  await zip.setInputFiles({ name: 'cut.zip', mimeType: 'application/zip', buffer: cut });
  await expect(result(page)).toHaveText('This is no .zip file, or a part of it is missing.');
});

test('an import can be cancelled: nothing of it is kept', async ({ page }) => {
  const { dir, remove } = folder('tiny-mean');
  // Long enough to be met under way; it takes no room on disk.
  truncateSync(join(dir, 'onnx/model.onnx'), 900 * 1024 * 1024);
  await page.goto('./');
  await pickFolder(page, dir);
  await expect(page.getByRole('progressbar', { name: 'Import model' })).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click();
  await expect(result(page)).toHaveText('Cancelled. Nothing was kept of the model.');
  await expect(page.getByRole('option', { name: /tiny-mean/ })).toHaveCount(0);
  const kept = await page.evaluate(async () => {
    const name = (await caches.keys()).find((one) => one.endsWith(':kept-models'));
    return name ? (await (await caches.open(name)).keys()).length : 0;
  });
  expect(kept).toBe(0);
  remove();
});

const wrong: [string, RegExp, (files: Map<string, Uint8Array>) => void][] = [
  ['no config.json', /config\.json is missing/, (files) => void files.delete('config.json')],
  ['no tokenizer', /tokenizer\.json is missing/, (files) => void files.delete('tokenizer.json')],
  ['no weights', /there is no ONNX file/, (files) => void files.delete('onnx/model.onnx')],
  [
    'weights for another program',
    /model\.safetensors\) are for another program/,
    (files) => {
      files.set('model.safetensors', files.get('onnx/model.onnx')!);
      files.delete('onnx/model.onnx');
    },
  ],
];
test('a wrong folder is refused with the reason', async ({ page }) => {
  await page.goto('./');
  for (const [name, reason, change] of wrong) {
    const { dir, remove } = folder('tiny-mean', change);
    await pickFolder(page, dir);
    await expect(result(page), name).toHaveText(reason);
    remove();
  }
});
