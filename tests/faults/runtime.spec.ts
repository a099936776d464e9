/** The worker is there and has no memory left. */
import { expect, test } from '../browser/harness.ts';
import { upToDate } from '../browser/support/app.ts';
import { arm, expectSound, hits, makeNote, random, saveNotes } from './support.ts';

const batch = (seed: number, count: number) => {
  const next = random(seed);
  return Array.from({ length: count }, (_, i) => ({ id: `n${i}`, ...makeNote(next, i) }));
};

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
