import { expect, test } from '../browser/harness.ts';
import { search, upToDate } from '../browser/support/app.ts';
import {
  arm,
  disarm,
  expectSound,
  hits,
  leaseEpoch,
  makeNote,
  random,
  saveNotes,
} from './support.ts';

const batch = (seed: number, count: number) => {
  const next = random(seed);
  return Array.from({ length: count }, (_, i) => ({ id: `n${i}`, ...makeNote(next, i) }));
};

test('a leader whose worker falls silent loses its lease; when it wakes, it cannot commit', async ({
  page,
  context,
}) => {
  // Four times what stealing the lease takes.
  const silent = 40_000;
  await arm(page, [{ at: 'commit', act: 'spin', after: 2, times: 1, ms: silent }]);
  await page.goto('./');
  await upToDate(page);
  // This worker has its fault; the other tab's must be whole.
  await disarm(page);
  const other = await context.newPage();
  await other.goto('./');
  await upToDate(other);
  const epoch = await leaseEpoch(other);
  await saveNotes(page, batch(33, 60));
  await expect(async () => expect(await hits(page)).toBe(1)).toPass({ timeout: 60_000 });
  const began = Date.now();
  await expect(async () => expect(await leaseEpoch(other)).toBe(epoch + 1)).toPass({
    timeout: silent,
    intervals: [250],
  });
  // Stolen, not waited for: the epoch rose while the old leader was still silent.
  expect(Date.now() - began).toBeLessThan(silent);
  await expectSound(other, { notes: 60, timeout: 90_000 });
  expect(await leaseEpoch(other)).toBe(epoch + 1);
  // The former leader wakes and is refused; nothing changes, and its own search works again.
  await page.waitForTimeout(Math.max(0, silent - (Date.now() - began)) + 2_000);
  await expectSound(other, { notes: 60 });
  expect((await search(page, 'Entry 59')).length).toBeGreaterThan(0);
});
