/** Many switches and many loads: one engine worker a tab throughout, and memory that does not grow. */
import type { Page } from '@playwright/test';
import { expect, test } from '../browser/harness.ts';
import { search, upToDate } from '../browser/support/app.ts';
import { ALL, expectSound, makeNote, moments, random, saveNotes } from './support.ts';

const SWITCHES = moments(100, 5);
/** Twenty would leave nothing to compare: the second ten of them are the last. */
const LOADS = moments(30, 3);

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

/** Memory after the second ten of many rounds and after the last ten: asking takes 20 s each time. */
class Level {
  readonly #early: number[] = [];
  readonly #late: number[] = [];
  constructor(readonly rounds: number) {}

  async after(round: number, page: Page): Promise<void> {
    if (!ALL) return;
    if (round >= 10 && round < 20) this.#early.push(await memory(page));
    if (round >= this.rounds - 10) this.#late.push(await memory(page));
  }

  /** The last ten within a tenth of the second ten. */
  expect(): void {
    if (!ALL) return;
    const mean = (all: number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
    const [early, late] = [mean(this.#early), mean(this.#late)];
    expect([this.#early.length, this.#late.length]).toEqual([10, 10]);
    const change = `from ${Math.round(early)} to ${Math.round(late)} bytes`;
    console.log(`memory of the second and the last ten of ${this.rounds}: ${change}`);
    expect(late, change).toBeLessThan(early * 1.1);
  }
}

/** Engine workers of this page, as the browser counts them. */
const oneWorker = (page: Page): Promise<void> =>
  expect(async () => expect(page.workers()).toHaveLength(1)).toPass({ timeout: 20_000 });

if (ALL) test.setTimeout(3_600_000);

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
  const level = new Level(SWITCHES);
  for (let i = 0; i < SWITCHES; i++) {
    const label = i % 2 === 0 ? 'My notes' : 'Other';
    await workspace.selectOption({ label });
    await expect(workspace.locator('option:checked')).toHaveText(label);
    await upToDate(page);
    await oneWorker(page);
    await level.after(i, page);
  }
  // Every switch was one: each ended a worker and began another.
  expect(spawned.size).toBe(SWITCHES);
  await workspace.selectOption({ label: 'My notes' });
  await expect(workspace.locator('option:checked')).toHaveText('My notes');
  await upToDate(page);
  await expectSound(page, { notes: 20 });
  expect((await search(page, 'Entry 19')).join()).toContain('Note 19');
  level.expect();
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
  const level = new Level(LOADS);
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
    await level.after(i, page);
  }
  const after = await expectSound(page, { notes: 20 });
  expect(after.counters.embedded).toBe(counters.embedded);
  level.expect();
});
