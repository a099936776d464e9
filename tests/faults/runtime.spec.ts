/** The worker is there and yet of no use: it never answers, or has no memory left. */
import { expect, test } from '../browser/harness.ts';
import { search, upToDate } from '../browser/support/app.ts';
import { arm, disarm, expectSound, hits, makeNote, random, saveNotes } from './support.ts';

const batch = (seed: number, count: number) => {
  const next = random(seed);
  return Array.from({ length: count }, (_, i) => ({ id: `n${i}`, ...makeNote(next, i) }));
};

test('a worker that never answers is ended, unasked; saves go on, the next one answers and indexes all', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await arm(page, [{ at: 'slice', act: 'spin', after: 2, times: 1, ms: 3_600_000 }]);
  await page.goto('./');
  await upToDate(page);
  await disarm(page);
  const [stuck] = page.workers();
  const ended = new Promise((resolve) => stuck!.once('close', resolve));
  // Some of these saves may wait for a transaction that the stuck worker holds open.
  await saveNotes(page, batch(71, 40));
  await expect(async () => expect(await hits(page)).toBe(1)).toPass({ timeout: 30_000 });
  // Nobody asks anything: it is found out by its silence, pause and deadline 40 s together.
  await ended;
  expect((await search(page, 'Entry 38')).join()).toContain('Note 38');
  const found = await expectSound(page, { notes: 40 });
  expect(found.counters.restarts).toBe(1);
  expect(page.workers()).toHaveLength(1);
});

test('a worker that never greets is given up and replaced', async ({ page }) => {
  await arm(page, [{ at: 'start', act: 'hang', times: 1 }]);
  await page.goto('./');
  await expect(async () => expect(await hits(page)).toBe(1)).toPass({ timeout: 30_000 });
  await disarm(page);
  await saveNotes(page, batch(72, 3));
  await expect(page.getByText('The search engine could not be loaded')).toBeVisible({
    timeout: 40_000,
  });
  await upToDate(page);
  await expectSound(page, { notes: 3 });
  expect(await hits(page)).toBe(1);
  expect(page.workers()).toHaveLength(1);
});

test('memory that runs out in one batch costs no note', async ({ page }) => {
  await arm(page, [{ at: 'slice', act: 'oom', after: 3, times: 1 }]);
  await page.goto('./');
  await upToDate(page);
  // The fault asks for what this browser really refuses.
  const refused = await page.workers()[0]!.evaluate(() => {
    try {
      return String(new ArrayBuffer(2 ** 45).byteLength);
    } catch (thrown) {
      return (thrown as Error).name;
    }
  });
  expect(refused).toBe('RangeError');
  await saveNotes(page, batch(73, 120));
  await expect(async () => expect(await hits(page)).toBe(1)).toPass({ timeout: 60_000 });
  const found = await expectSound(page, { notes: 120 });
  // Of many batches one failed; it was tried again, in the same worker.
  expect(found.counters.batches).toBeGreaterThanOrEqual(10);
  expect(found.counters.restarts ?? 0).toBe(0);
  expect(found.counters.failures ?? 0).toBe(0);
  await upToDate(page);
});
