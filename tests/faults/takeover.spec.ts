import { expect, test } from '../browser/harness.ts';
import { upToDate } from '../browser/support/app.ts';
import { arm, disarm, expectSound, hits, makeNote, random, saveNotes } from './support.ts';

const batch = (seed: number, count: number) => {
  const next = random(seed);
  return Array.from({ length: count }, (_, i) => ({ id: `n${i}`, ...makeNote(next, i) }));
};

test('a leader that dies before it tells of its commit: the next one keeps those vectors', async ({
  page,
  context,
}) => {
  await arm(page, [{ at: 'committed', act: 'die', after: 1, times: 1 }]);
  await page.goto('./');
  await upToDate(page);
  await disarm(page);
  const other = await context.newPage();
  await other.goto('./');
  await upToDate(other);
  // One that neither leads nor will: it must hear of that commit from somebody.
  const third = await context.newPage();
  await third.goto('./');
  await upToDate(third);
  await saveNotes(page, batch(41, 40));
  await expect(async () => expect(await hits(page)).toBe(1)).toPass({ timeout: 60_000 });
  const { passages } = await expectSound(other, { notes: 40 });
  // Each worker's memory holds what is stored, those that only followed included.
  for (const tab of [page, other, third]) {
    await expect(async () => {
      expect(await tab.evaluate(passagesInMemory)).toBe(passages);
    }).toPass();
  }
});

function passagesInMemory(): Promise<number> {
  const { findling } = window as unknown as {
    findling: { engine: { health(): Promise<{ passages: number }> } };
  };
  return findling.engine.health().then(({ passages }) => passages);
}

test('one note, committed and never told of: all tabs hold it all the same', async ({
  page,
  context,
}) => {
  await arm(page, [{ at: 'committed', act: 'die', times: 1 }]);
  await page.goto('./');
  await upToDate(page);
  await disarm(page);
  const others = [await context.newPage(), await context.newPage()];
  for (const other of others) {
    await other.goto('./');
    await upToDate(other);
  }
  await saveNotes(page, batch(42, 1));
  await expect(async () => expect(await hits(page)).toBe(1)).toPass({ timeout: 60_000 });
  const { passages } = await expectSound(others[0]!, { notes: 1 });
  for (const tab of [page, ...others]) {
    await expect(async () => {
      expect(await tab.evaluate(passagesInMemory)).toBe(passages);
    }).toPass();
  }
});
