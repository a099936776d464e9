/** Models that whoever hosts the app has put beside it. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { indexModels } from '../../scripts/model/index.mjs';
import { buildTinyModels } from '../../scripts/model/tiny/build.mjs';
import { serve } from '../../scripts/serve.mjs';
import { expect, test } from '../browser/harness.ts';
import { exportVectors, go, readHealth, upToDate, writeNote } from '../browser/support/app.ts';

test.describe.configure({ timeout: 240_000 });

const models = (page: Page) => page.getByRole('combobox', { name: 'Embedding model' });
const asked = (page: Page) => page.getByRole('dialog', { name: /^Use “/ });
const pick = async (page: Page, name: string): Promise<void> => {
  const option = page.getByRole('option', { name: new RegExp(`^${name} \\(\\d+ KB\\)$`) });
  await models(page).selectOption({ label: (await option.textContent())! });
};

let dir: string;
let server: Awaited<ReturnType<typeof serve>>;
const hosted = (): string => join(dir, 'models');
test.beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'findling-hosted-'));
  cpSync('dist', dir, { recursive: true });
  buildTinyModels(hosted(), ['tiny-cls', 'tiny-mean']);
  indexModels(hosted());
  server = await serve({ dir, port: 0 });
});
test.afterEach(async () => {
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

test('a model beside the app: listed, fetched, tested, used, and there when its list is not', {
  tag: '@long',
}, async ({ page }) => {
  await page.goto(server.url);
  await writeNote(page, 'Balcony', 'Growing tomatoes in pots.');
  await go(page, 'Settings');
  await expect(page.getByRole('option', { name: /^tiny-(cls|mean) \(/ })).toHaveCount(2);
  await pick(page, 'tiny-mean');
  await expect(asked(page)).toContainText('64 numbers a passage', { timeout: 90_000 });
  await asked(page).getByRole('button', { name: 'Use this model' }).click();
  await upToDate(page);
  await expect(async () => {
    expect((await exportVectors(page))[0]!.model).toMatch(/^tiny-mean-/);
  }).toPass();
  await expect(page.getByRole('option', { name: /^tiny-mean \(/ })).toHaveCount(1);

  // Gone from the host, list and all: what is kept here goes on, and nothing is made anew.
  rmSync(join(hosted(), 'index.json'));
  rmSync(join(hosted(), 'tiny-mean'), { recursive: true });
  await page.reload();
  await upToDate(page);
  await expect(page.getByRole('option', { name: /^tiny-cls \(/ })).toHaveCount(0);
  await expect(models(page).getByRole('option', { selected: true })).toHaveText(/^tiny-mean/);
  await go(page, 'Health');
  await expect(async () => {
    const health = await readHealth(page);
    expect(health.Model).toMatch(/^tiny-mean-/);
    expect(health.Device).toBe('WebAssembly');
    // Once with each model.
    expect(health['Passages embedded']).toBe('2');
  }).toPass();
});

test('a file that is not as listed, and entries that are not right, are told', {
  tag: '@long',
}, async ({ page }) => {
  const weights = join(hosted(), 'tiny-mean/onnx/model.onnx');
  const bytes = readFileSync(weights);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(weights, bytes);
  const list = join(hosted(), 'index.json');
  const { models: entries } = JSON.parse(readFileSync(list, 'utf8'));
  entries.push({ id: 'odd', name: 'Odd one', folder: '../elsewhere', files: [] });
  writeFileSync(list, JSON.stringify({ models: entries }));
  await page.goto(server.url);
  await go(page, 'Settings');
  await expect(page.getByText('their entries in its list are not right: Odd one.')).toBeVisible();
  await pick(page, 'tiny-mean');
  await expect(asked(page).getByRole('alert')).toContainText(
    'onnx/model.onnx is not the file that the list of models names',
    { timeout: 60_000 },
  );
  await expect(asked(page).getByRole('button', { name: 'Use this model' })).toBeDisabled();
  await asked(page).getByRole('button', { name: 'Cancel' }).click();
  // Nothing of it stays: it is offered as before.
  await expect(page.getByRole('button', { name: /^Remove “tiny/ })).toHaveCount(0);
  await expect(page.getByRole('option', { name: /^tiny-mean \(/ })).toHaveCount(1);

  writeFileSync(list, 'no list');
  await page.reload();
  await expect(page.getByText('not right: models/index.json.')).toBeVisible();
  await expect(models(page).getByRole('option')).toHaveCount(2);
});
