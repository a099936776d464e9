import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { zipSync } from 'fflate';
import { tinyModel } from '../../scripts/model/tiny/build.mjs';
import { expect, test } from '../browser/harness.ts';
import {
  cosine,
  exportVectors,
  folderOf,
  go,
  readHealth,
  upToDate,
  writeNote,
} from '../browser/support/app.ts';

// Each starts a browser of its own, or indexes twice: slow where cores are few.
test.describe.configure({ timeout: 240_000 });

const BUILT_IN = 'Universal Sentence Encoder Lite (6.9 MB)';

const models = (page: Page): Locator => page.getByRole('combobox', { name: 'Embedding model' });
const result = (page: Page): Locator => page.getByRole('status', { name: 'Model import result' });

const asked = (page: Page): Locator => page.getByRole('dialog', { name: /^Use “/ });

/** Picks a model by its name; its size stands beside it. What it is worth is shown in a dialog. */
async function pick(page: Page, name: string): Promise<void> {
  const option = page.getByRole('option', { name: new RegExp(`^${name} \\(\\d+ KB\\)$`) });
  await expect(option).toHaveCount(1);
  await models(page).selectOption({ label: (await option.textContent())! });
}

/** Picks a model, waits for its test, and agrees to use it. */
async function choose(page: Page, name: string): Promise<void> {
  await pick(page, name);
  await expect(asked(page)).toContainText('of memory; 64 numbers a passage.', { timeout: 90_000 });
  await asked(page).getByRole('button', { name: 'Use this model' }).click();
  await expect(asked(page)).toBeHidden();
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

test('a .zip is as good as a folder, whatever folder is in it', { tag: '@long' }, async ({
  page,
}) => {
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

test('a model whose vectors may be cut is there in each length, and goes as one', {
  tag: '@long',
}, async ({ page }) => {
  const { dir, remove } = folder('tiny-mean', (files) => {
    const card = '---\nlibrary_name: sentence-transformers\n---\n"matryoshka_dims": [64, 32, 16]\n';
    files.set('README.md', new TextEncoder().encode(card));
  });
  await page.goto('./');
  await writeNote(page, 'Balcony', 'Growing tomatoes in pots.');
  await pickFolder(page, dir);
  await expect(result(page)).toContainText('Imported “tiny-mean”');
  for (const length of [32, 16]) {
    await expect(page.getByRole('option', { name: `cut to ${length} numbers` })).toHaveCount(1);
  }
  await pick(page, 'tiny-mean, cut to 32 numbers');
  await expect(asked(page)).toContainText('of memory; 32 numbers a passage.', { timeout: 90_000 });
  await asked(page).getByRole('button', { name: 'Use this model' }).click();
  await expect(asked(page)).toBeHidden();
  await upToDate(page);
  await expect(async () => {
    const [line] = await exportVectors(page);
    expect(line!.model).toMatch(/^tiny-mean-[0-9a-f]{8}-32d/);
    expect(line!.vector).toHaveLength(32);
    expect(Math.hypot(...line!.vector)).toBeCloseTo(1, 4);
  }).toPass();
  await go(page, 'Settings');
  const removal = page.getByRole('button', { name: /^Remove “tiny-mean/ });
  await expect(removal).toHaveCount(1);
  await expect(removal).toBeDisabled();
  await models(page).selectOption({ label: BUILT_IN });
  await removal.click();
  await expect(page.getByRole('option', { name: /tiny-mean/ })).toHaveCount(0);
  remove();
});

test('an import can be cancelled: nothing of it is kept', { tag: '@long' }, async ({ page }) => {
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

test('a model is tested before it is used, and nothing changes until the person agrees', {
  tag: '@long',
}, async ({ page }) => {
  await page.goto('./');
  await writeNote(page, 'Balcony', 'Growing tomatoes in pots.');
  await upToDate(page);
  const { dir, remove } = folder('tiny-dynamic');
  await pickFolder(page, dir);
  await expect(result(page)).toContainText('Imported');
  remove();
  await pick(page, 'tiny-dynamic');
  await expect(page.getByRole('progressbar', { name: 'Model test' })).toBeVisible();
  // Its weights are random.
  await expect(asked(page)).toContainText('It hardly tells related English texts', {
    timeout: 90_000,
  });
  // Its vectors depend on their batch, as those of most quantised models do.
  await expect(asked(page)).toContainText('It is run one passage at a time');
  await asked(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(asked(page)).toBeHidden();
  await expect(models(page).getByRole('option', { selected: true })).toHaveText(BUILT_IN);
  expect((await exportVectors(page))[0]!.model).toMatch(/^use-lite/);

  await choose(page, 'tiny-dynamic');
  await upToDate(page);
  await expect(async () => {
    expect((await exportVectors(page))[0]!.model).toMatch(/^tiny-dynamic-/);
  }).toPass();
  // Read together, or one after the other: the same vectors.
  await go(page, 'Notes');
  for (const i of [1, 2, 3]) await writeNote(page, `Note ${i}`, 'Washing a wool jumper by hand.');
  await upToDate(page);
  const before = await exportVectors(page);
  expect(before).toHaveLength(4);
  await page.getByRole('button', { name: 'Rebuild index' }).click();
  await go(page, 'Health');
  await expect(async () => {
    const { Pending, 'Passages embedded': embedded } = await readHealth(page);
    expect([Pending, Number(embedded) >= 9]).toEqual(['0', true]);
  }).toPass({ timeout: 60_000 });
  const after = await exportVectors(page);
  expect(after).toHaveLength(before.length);
  for (const { text, vector } of after) {
    const same = before.find((one) => one.text === text)!;
    expect(cosine(vector, same.vector)).toBeGreaterThan(0.99999);
  }
});

const unfit: [string, RegExp, (files: Map<string, Uint8Array>) => void][] = [
  [
    'an operator that nobody knows',
    /it needs the operator Erx, which is not known here/,
    (files) => {
      const onnx = Buffer.from(files.get('onnx/model.onnx')!);
      const name = Buffer.from('"\u0003Erf');
      for (let at = onnx.indexOf(name); at >= 0; at = onnx.indexOf(name)) onnx.write('x', at + 4);
      files.set('onnx/model.onnx', new Uint8Array(onnx));
    },
  ],
  [
    'other vectors than stated',
    /The model gives float32 \[1,\d+,64\], not float32 \[1,\d+,96\]/,
    (files) => {
      const path = '1_Pooling/config.json';
      const text = Buffer.from(files.get(path)!).toString().replace('64', '96');
      files.set(path, new Uint8Array(Buffer.from(text)));
    },
  ],
  [
    'what is no ONNX file',
    /it could not be loaded/,
    (files) => void files.set('onnx/model.onnx', new Uint8Array(300_000).fill(7)),
  ],
];
test('a model that does not pass its test is refused with the reason, and cannot be used', {
  tag: '@long',
}, async ({ page }) => {
  await page.goto('./');
  for (const [name, reason, change] of unfit) {
    const { dir, remove } = folder('tiny-mean', change);
    await pickFolder(page, dir);
    await pick(page, 'tiny-mean');
    remove();
    await expect(asked(page).getByRole('alert'), name).toHaveText(reason, { timeout: 60_000 });
    await expect(asked(page).getByRole('button', { name: 'Use this model' })).toBeDisabled();
    await page.keyboard.press('Escape');
    await expect(asked(page)).toBeHidden();
    await page.getByRole('button', { name: 'Remove “tiny-mean”' }).click();
    await expect(page.getByRole('option', { name: /tiny-mean/ })).toHaveCount(0);
  }
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
