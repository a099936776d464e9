/** The engine cannot start: its script or its model does not come as it should. */
import type { Page } from '@playwright/test';
import { expect, test } from '../browser/harness.ts';
import {
  closeSearch,
  expectNote,
  go,
  indexStatus,
  openSearch,
  search,
  upToDate,
  writeNote,
} from '../browser/support/app.ts';
import { type Spoil, serveSpoilt } from '../browser/support/spoilt.ts';
import { census, expectSound } from './support.ts';

/** Whether a search finds by meaning, not by words alone. */
async function findsByMeaning(page: Page, query: string, title: RegExp): Promise<void> {
  await expect(async () => {
    await openSearch(page);
    const dialog = page.getByRole('dialog', { name: 'Search' });
    await dialog.getByRole('combobox', { name: 'Search your notes' }).fill(query);
    const first = dialog.getByRole('option').first();
    await expect(first).toHaveAccessibleName(title, { timeout: 5_000 });
    await closeSearch(page);
  }).toPass({ timeout: 30_000 });
}

const scripts: [name: string, spoil: Spoil][] = [
  ['is not there (404)', 'missing'],
  ['comes as plain text', 'text'],
];
for (const [name, spoil] of scripts) {
  test(`the worker’s script ${name}: said, notes are kept, and indexed once it is there`, async ({
    page,
  }) => {
    const server = await serveSpoilt('dist-test', /\/assets\/entry-[^/]+\.js$/, spoil);
    try {
      await page.goto(server.url);
      const said = page.getByText('The search engine could not be loaded');
      await expect(said).toBeVisible({ timeout: 40_000 });
      expect(['status', 'alert']).toContain(await said.getAttribute('role'));
      expect(server.spoilt).toBeGreaterThan(0);
      await writeNote(page, 'Harbour', 'The ferry leaves at dawn.');
      await page.reload();
      await expectNote(page, /ferry/);
      await go(page, 'Notes');
      await expect(page.getByRole('link', { name: /^Harbour/ }).first()).toBeVisible();
      await expect(said).toBeVisible({ timeout: 40_000 });
      // Nothing was indexed: the fault holds to the end.
      expect((await census(page)).pending).toBe(1);
      server.heal();
      // What came as text is in the browser's cache for long: a reload lets the service worker in.
      if (spoil === 'text') await page.reload();
      await upToDate(page, 120_000);
      await expect(said).toHaveCount(0);
      await expectSound(page, { notes: 1 });
      await findsByMeaning(page, 'a boat departs early in the morning', /^Harbour/);
    } finally {
      await server.close();
    }
  });
}

/** The same length, other weights. */
const flip = (bytes: Buffer): Buffer => {
  const other = Buffer.from(bytes);
  for (let at = 1_000_000; at < other.length; at += 500_000) other[at] = other[at]! ^ 0x55;
  return other;
};

for (const serviceWorkers of ['allow', 'block'] as const) {
  test.describe(`the model’s bytes are damaged (service worker: ${serviceWorkers})`, () => {
    test.use({ serviceWorkers });
    test('said, notes are found by their words; whole again after a reload', async ({ page }) => {
      const server = await serveSpoilt('dist-test', /\/model_quantized\.onnx$/, flip);
      try {
        await page.goto(server.url);
        await expect(indexStatus(page)).toHaveText(/^Paused: .*model/i, { timeout: 60_000 });
        expect(server.spoilt).toBeGreaterThan(0);
        await writeNote(page, 'Harbour', 'The ferry leaves at dawn.');
        expect((await search(page, 'ferry'))[0]).toMatch(/^Harbour/);
        await closeSearch(page);
        const before = await census(page);
        expect([before.pending, before.vectors]).toEqual([1, 0]);
        server.heal();
        await page.reload();
        await upToDate(page);
        await expectSound(page, { notes: 1 });
        await findsByMeaning(page, 'a boat departs early in the morning', /^Harbour/);
      } finally {
        await server.close();
      }
    });
  });
}
