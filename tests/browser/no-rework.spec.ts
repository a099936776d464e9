/** What was embedded once is not embedded again, and what is paused is not embedded at all. */
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, launchPersistent, test } from './harness.ts';
import {
  closeSearch,
  folderOf,
  go,
  health,
  importFolder,
  indexStatus,
  readHealth,
  saveState,
  search,
  upToDate,
  writeNote,
} from './support/app.ts';
import { EVERYDAY } from './support/everyday.ts';

/** Longer than the debounce, so that what was to be embedded has begun, ms. */
const SETTLED_MS = 3_000;

/** "Passages embedded", once nothing is pending any more. */
async function embedded(page: Page): Promise<number> {
  await upToDate(page);
  await page.waitForTimeout(SETTLED_MS);
  await upToDate(page);
  const numbers = await health(page);
  expect(numbers.Pending).toBe('0');
  return Number(numbers['Passages embedded']);
}

test('restart, another tab, another import, a switch of workspaces and a move embed nothing anew', {
  tag: '@long',
}, async ({ baseURL }) => {
  test.setTimeout(180_000);
  const profile = mkdtempSync(join(tmpdir(), 'findling-rework-'));
  const { dir, remove } = folderOf(EVERYDAY);
  try {
    const first = await launchPersistent(profile);
    const before = await first.newPage();
    await before.goto(baseURL!);
    expect(await importFolder(before, dir)).toContain('Imported 10 notes');
    const once = await embedded(before);
    expect(once).toBeGreaterThanOrEqual(10);
    await first.close();

    const context = await launchPersistent(profile);
    const page = await context.newPage();
    await page.goto(baseURL!);
    expect(await embedded(page), 'after a restart').toBe(once);

    const other = await context.newPage();
    await other.goto(baseURL!);
    expect(await embedded(other), 'in another tab').toBe(once);
    await other.close();

    expect(await importFolder(page, dir)).toContain('Imported 0 notes, skipped 10');
    expect(await embedded(page), 'after the same import').toBe(once);

    const workspace = page.getByRole('combobox', { name: 'Workspace' });
    await page.getByRole('button', { name: 'New workspace' }).click();
    const dialog = page.getByRole('dialog', { name: 'New workspace' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Elsewhere');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(workspace.locator('option:checked')).toHaveText('Elsewhere');
    await workspace.selectOption({ label: 'My notes' });
    await expect(workspace.locator('option:checked')).toHaveText('My notes');
    expect(await embedded(page), 'after a switch and back').toBe(once);

    // Moved in its folder: the notes go along.
    renameSync(join(dir, 'kitchen'), join(dir, 'cellar'));
    expect(await importFolder(page, dir)).toContain('Imported 2 notes, skipped 8');
    expect(await embedded(page), 'after a move').toBe(once);
    expect((await readHealth(page)).Notes).toBe('10');
    // Copied: notes of their own, whose passages are known already.
    cpSync(join(dir, 'cellar'), join(dir, 'attic'), { recursive: true });
    expect(await importFolder(page, dir)).toContain('Imported 2 notes, skipped 10');
    expect(await embedded(page), 'after a copy').toBe(once);
    const { Notes, 'Passages reused': reused } = await readHealth(page);
    expect(Notes).toBe('12');
    expect(Number(reused)).toBeGreaterThanOrEqual(2);
    await context.close();
  } finally {
    remove();
    rmSync(profile, { recursive: true, force: true });
  }
});

test('one paragraph of a note of two hundred passages: at most two are embedded anew', {
  tag: '@long',
}, async ({ page }) => {
  test.setTimeout(180_000);
  const words = 'river stone winter garden letter engine market silver bridge candle'.split(' ');
  const paragraph = (i: number) =>
    `Paragraph ${i}: ${Array.from({ length: 70 }, (_, w) => words[(i * 7 + w * 3) % 10]).join(' ')}.`;
  const paragraphs = Array.from({ length: 200 }, (_, i) => paragraph(i));
  await page.goto('./');
  await writeNote(page, 'Long', paragraphs.join('\n\n'));
  const once = await embedded(page);
  expect(once).toBeGreaterThanOrEqual(200);
  await go(page, 'Notes');
  await page.getByRole('link', { name: /^Long/ }).first().click();
  paragraphs[100] = 'Here stands something quite different: the lighthouse keeper’s cat.';
  await page.getByRole('textbox', { name: 'Note' }).fill(paragraphs.join('\n\n'));
  await expect(saveState(page)).toHaveText('Saved');
  const anew = (await embedded(page)) - once;
  expect(anew).toBeGreaterThanOrEqual(1);
  expect(anew).toBeLessThanOrEqual(2);
  expect((await search(page, 'lighthouse keeper'))[0]).toMatch(/^Long/);
});

test('paused: nothing is embedded, a saved note is found by its words at once; resumed, it is', {
  tag: '@timed',
}, async ({ page }) => {
  await page.goto('./');
  await writeNote(page, 'Before', 'Indexed before the pause.');
  const once = await embedded(page);
  await page.getByRole('button', { name: 'Pause indexing' }).click();
  await writeNote(page, 'Harbour', 'The ferry leaves at dawn.');
  const saved = Date.now();
  expect((await search(page, 'ferry'))[0]).toMatch(/^Harbour/);
  // Goal 1 s; a test allows four times that.
  expect(Date.now() - saved).toBeLessThan(4_000);
  await closeSearch(page);
  await expect(indexStatus(page)).toHaveText('Paused: paused by you');
  await page.waitForTimeout(SETTLED_MS);
  const paused = await health(page);
  expect([paused.Pending, paused['Passages embedded']]).toEqual(['1', String(once)]);
  // It holds over a restart.
  await page.reload();
  await expect(indexStatus(page)).toHaveText('Paused: paused by you', { timeout: 30_000 });
  await page.waitForTimeout(SETTLED_MS);
  expect((await readHealth(page))['Passages embedded']).toBe(String(once));
  await page.getByRole('button', { name: 'Resume indexing' }).click();
  expect(await embedded(page)).toBe(once + 1);
});

test('“Only when idle” waits while the app is used, “Gentle” does not', { tag: '@long' }, async ({
  page,
  waitFactor,
}) => {
  test.setTimeout(120_000);
  const effort = page.getByRole('combobox', { name: 'Indexing effort' });
  await page.goto('./');
  await upToDate(page);
  await go(page, 'Settings');
  await effort.selectOption({ label: 'Only when idle' });
  await writeNote(page, 'Harbour', 'The ferry leaves at dawn.');
  await expect(indexStatus(page)).toHaveText('Paused: waiting until you are idle');
  expect((await search(page, 'ferry'))[0]).toMatch(/^Harbour/);
  await closeSearch(page);
  // In use for longer than it takes to count as idle: it goes on waiting.
  for (let i = 0; i < 20 * waitFactor + 4; i++) {
    await page.mouse.move(100 + i, 100);
    await page.waitForTimeout(1_000);
    await expect(indexStatus(page)).toHaveText('Paused: waiting until you are idle');
  }
  const inUse = await health(page);
  expect([inUse.Pending, inUse['Passages embedded']]).toEqual(['1', '0']);
  // From here on nobody uses it.
  await upToDate(page, 40_000);
  await expect(async () => {
    expect((await readHealth(page))['Passages embedded']).toBe('1');
  }).toPass();

  await go(page, 'Settings');
  await expect(effort.locator('option:checked')).toHaveText('Only when idle');
  await effort.selectOption({ label: 'Gentle' });
  await writeNote(page, 'Lighthouse', 'It has been dark since the storm.');
  expect(await embedded(page)).toBe(2);
});
