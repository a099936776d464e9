/** Many switches and many loads: one engine worker a tab throughout, and memory that does not grow. */
import type { Page } from '@playwright/test';
import { expect, test } from '../browser/harness.ts';
import { search, upToDate } from '../browser/support/app.ts';
import { ALL, expectSound, makeNote, moments, random, saveNotes } from './support.ts';

const SWITCHES = moments(100, 5);
const LOADS = moments(20, 3);

interface Measuring {
  measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }>;
}

/** Bytes of page and workers together; the browser answers after a garbage collection. */
async function memory(page: Page): Promise<number> {
  const bytes = await page.evaluate(async () => {
    const { measureUserAgentSpecificMemory: measure } = performance as Measuring;
    return measure ? (await measure.call(performance)).bytes : 0;
  });
  expect(bytes).toBeGreaterThan(0);
  return bytes;
}

/** The last ten within a tenth of the second ten. */
function expectLevel(measured: number[]): void {
  const mean = (all: number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
  const early = mean(measured.slice(10, 20));
  const late = mean(measured.slice(-10));
  expect(late, `from ${Math.round(early)} to ${Math.round(late)} bytes`).toBeLessThan(early * 1.1);
}

/** Engine workers of this page, as the browser counts them. */
const oneWorker = (page: Page): Promise<void> =>
  expect(async () => expect(page.workers()).toHaveLength(1)).toPass({ timeout: 20_000 });

test(`${SWITCHES} switches of workspaces: one worker, level memory`, async ({ page }) => {
  const workspace = page.getByRole('combobox', { name: 'Workspace' });
  const next = random(111);
  await page.goto('./');
  await upToDate(page);
  await saveNotes(
    page,
    Array.from({ length: 20 }, (_, i) => ({ id: `n${i}`, ...makeNote(next, i) })),
  );
  await page.getByRole('button', { name: 'New workspace' }).click();
  const dialog = page.getByRole('dialog', { name: 'New workspace' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Other');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(workspace.locator('option:checked')).toHaveText('Other');
  // That was a switch too; its worker is up before they are counted.
  await upToDate(page);
  await oneWorker(page);
  const spawned = new Set<unknown>();
  page.on('worker', (worker) => spawned.add(worker));
  const measured: number[] = [];
  for (let i = 0; i < SWITCHES; i++) {
    const label = i % 2 === 0 ? 'My notes' : 'Other';
    await workspace.selectOption({ label });
    await expect(workspace.locator('option:checked')).toHaveText(label);
    await upToDate(page);
    await oneWorker(page);
    if (ALL) measured.push(await memory(page));
  }
  // Every switch was one: each ended a worker and began another.
  expect(spawned.size).toBe(SWITCHES);
  await workspace.selectOption({ label: 'My notes' });
  await expect(workspace.locator('option:checked')).toHaveText('My notes');
  await upToDate(page);
  await expectSound(page, { notes: 20 });
  expect((await search(page, 'Entry 19')).join()).toContain('Note 19');
  if (ALL) expectLevel(measured);
});

test(`${LOADS} loads of the model: one worker, level memory, nothing embedded anew`, async ({
  page,
}) => {
  const next = random(112);
  await page.goto('./');
  await upToDate(page);
  await saveNotes(
    page,
    Array.from({ length: 20 }, (_, i) => ({ id: `n${i}`, ...makeNote(next, i) })),
  );
  const { counters } = await expectSound(page, { notes: 20 });
  const measured: number[] = [];
  for (let i = 0; i < LOADS; i++) {
    await page.reload();
    await upToDate(page);
    // Up means that it embeds: a query by meaning is answered.
    await expect(async () => {
      const meaning = await page.evaluate(async () => {
        const { findling } = window as unknown as {
          findling: { engine: { search(q: string, o: object): Promise<{ meaning: string }> } };
        };
        return (await findling.engine.search('river stone', { limit: 3 })).meaning;
      });
      expect(meaning).toBe('used');
    }).toPass();
    await oneWorker(page);
    if (ALL) measured.push(await memory(page));
  }
  const after = await expectSound(page, { notes: 20 });
  expect(after.counters.embedded).toBe(counters.embedded);
  if (ALL) expectLevel(measured);
});
