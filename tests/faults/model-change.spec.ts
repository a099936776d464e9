import type { Page } from '@playwright/test';
import { expect, test } from '../browser/harness.ts';
import { go, indexStatus, readHealth, upToDate } from '../browser/support/app.ts';
import {
  arm,
  census,
  expectSound,
  makeNote,
  random,
  saveNotes,
  type TestWindow,
} from './support.ts';

const NOTES = 14;
const FULL = 'Universal Sentence Encoder Lite, full precision (27 MB)';
const COMPACT = 'Universal Sentence Encoder Lite (6.9 MB)';
/** Slow enough that a change of model is seen under way. */
const SLOW = { at: 'slice', act: 'spin', ms: 200, times: 1e6 } as const;

const notes = (seed: number, count: number, from = 0) => {
  const next = random(seed);
  return Array.from({ length: count }, (_, i) => ({
    id: `n${from + i}`,
    ...makeNote(next, from + i),
  }));
};

async function choose(page: Page, name: string): Promise<void> {
  await go(page, 'Settings');
  await page.getByRole('combobox', { name: 'Embedding model' }).selectOption({ label: name });
}

/** What the page's engine says to a query, and whether meaning took part. */
const ask = (page: Page, query: string) =>
  page.evaluate(async (text) => {
    const { findling } = window as TestWindow;
    const { hits, meaning } = await findling!.engine.search(text, { limit: 5 });
    return { meaning, notes: hits.map(({ note }) => note) };
  }, query);

test('another model: the former serves until the swap; going back takes no work', async ({
  page,
}) => {
  await arm(page, [SLOW]);
  await page.goto('./');
  await upToDate(page);
  await saveNotes(page, notes(41, NOTES));
  await expectSound(page, { notes: NOTES });
  const before = await census(page);
  await choose(page, FULL);
  await expect(indexStatus(page)).toHaveText(/Improving search… [1-9]\d* of 14/);
  // Under way: the former vectors answer, and what is written now comes into them too.
  const during = await census(page);
  expect(during.gen).toBe(before.gen);
  expect(during.building).toContain('use-lite-fp32@');
  expect(during.current).toBe(NOTES);
  expect((await ask(page, 'winter garden')).meaning).toBe('used');
  await saveNotes(page, notes(42, 1, NOTES));
  await expect(async () => {
    const now = await census(page);
    expect({ gen: now.gen, current: now.current }).toEqual({ gen: before.gen, current: NOTES + 1 });
  }).toPass({ timeout: 30_000 });

  await expect(async () => expect((await census(page)).gen).toBe(during.building)).toPass({
    timeout: 90_000,
  });
  const after = await expectSound(page, { notes: NOTES + 1 });
  expect(after.kept).toBe(before.gen);
  await go(page, 'Health');
  await expect(async () => expect((await readHealth(page)).Model).toBe('use-lite-fp32')).toPass();
  await expect(async () =>
    expect((await ask(page, 'winter garden')).meaning).toBe('used'),
  ).toPass();

  await choose(page, COMPACT);
  await expect(async () => expect((await census(page)).gen).toBe(before.gen)).toPass();
  const back = await expectSound(page, { notes: NOTES + 1 });
  expect(back.counters.embedded).toBe(after.counters.embedded);
  await go(page, 'Health');
  await expect(async () => expect((await readHealth(page)).Model).toBe('use-lite')).toPass();
});

test('a change of model cut off midway goes on where it was', async ({ page, context }) => {
  await arm(page, [SLOW]);
  await page.goto('./');
  await upToDate(page);
  await saveNotes(page, notes(43, NOTES));
  const first = await expectSound(page, { notes: NOTES });
  await choose(page, FULL);
  await expect(indexStatus(page)).toHaveText(/Improving search… [1-9]\d* of 14/);
  await page.close();
  const again = await context.newPage();
  await again.goto('./');
  const midway = await census(again);
  expect(midway.building).toContain('use-lite-fp32@');
  expect(midway.pending).toBeGreaterThan(0);
  expect(midway.pending).toBeLessThan(NOTES);
  await expect(async () => expect((await census(again)).gen).toBe(midway.building)).toPass({
    timeout: 90_000,
  });
  const done = await expectSound(again, { notes: NOTES });
  // Each passage once for each model; the slice under way at the end may be done twice.
  expect(done.counters.embedded).toBeLessThanOrEqual(2 * first.counters.embedded! + 32);
});

test('changed back midway: nothing is left of the other model', async ({ page }) => {
  await arm(page, [SLOW]);
  await page.goto('./');
  await upToDate(page);
  await saveNotes(page, notes(44, NOTES));
  const before = await expectSound(page, { notes: NOTES });
  await choose(page, FULL);
  await expect(indexStatus(page)).toHaveText(/Improving search… [1-9]\d* of 14/);
  await choose(page, COMPACT);
  const after = await expectSound(page, { notes: NOTES });
  expect({ gen: after.gen, building: after.building }).toEqual({
    gen: before.gen,
    building: undefined,
  });
  await upToDate(page);
});

test('two tabs change over together', async ({ page, context }) => {
  await page.goto('./');
  await upToDate(page);
  const other = await context.newPage();
  await other.goto('./');
  await upToDate(other);
  await saveNotes(page, notes(45, 10));
  await expectSound(page, { notes: 10 });
  await choose(other, FULL);
  for (const tab of [page, other]) {
    await go(tab, 'Health');
    await expect(async () => {
      expect((await readHealth(tab)).Model).toBe('use-lite-fp32');
      expect((await readHealth(tab))['Workers alive']).toBe('1');
    }).toPass({ timeout: 60_000 });
    await expect(async () => {
      const { meaning, notes: found } = await ask(tab, 'Entry 3');
      expect(meaning).toBe('used');
      expect(found.length).toBeGreaterThan(0);
    }).toPass();
  }
});

test('a model whose file is gone: said, the former goes on serving, and can be taken up again', async ({
  page,
}) => {
  await page.route('**/onnx/model.onnx', (route) => route.fulfill({ status: 404 }));
  await page.context().route('**/onnx/model.onnx', (route) => route.fulfill({ status: 404 }));
  await page.goto('./');
  await upToDate(page);
  await saveNotes(page, notes(46, 10));
  await expectSound(page, { notes: 10 });
  await choose(page, FULL);
  await expect(indexStatus(page)).toHaveText(/^Paused: .*model/i);
  expect((await ask(page, 'winter garden')).meaning).toBe('used');
  await choose(page, COMPACT);
  await upToDate(page);
  await expectSound(page, { notes: 10 });
});
