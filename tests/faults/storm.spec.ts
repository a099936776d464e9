import { expect, test } from '../browser/harness.ts';
import { upToDate } from '../browser/support/app.ts';
import { ALL, expectSound, saveNotes } from './support.ts';

const MANY = ALL ? 10_000 : 800;

test(`${MANY} saves of distinct notes: some dropped, none lost, each embedded once`, async ({
  page,
}) => {
  test.setTimeout(ALL ? 30 * 60_000 : 5 * 60_000);
  await page.goto('./');
  await upToDate(page);
  const notes = Array.from({ length: MANY }, (_, i) => ({
    id: `n${i}`,
    title: `Note ${i}`,
    text: `Number ${i} of them.`,
  }));
  const verdicts = await saveNotes(page, notes);
  const { queued = 0, merged = 0, full = 0, closed = 0 } = verdicts;
  expect(queued + merged + full + closed).toBe(MANY);
  expect(full).toBeGreaterThan(0);
  const found = await expectSound(page, { notes: MANY, timeout: ALL ? 25 * 60_000 : 200_000 });
  await expect(async () => {
    const { counters } = await expectSound(page, { notes: MANY });
    expect(counters.accepted).toBe(queued);
    expect(counters.dropped).toBe(full);
  }).toPass();
  expect(found.counters.embedded).toBe(MANY);
});

test('2,000 saves of one note: merged, and embedded at most once a debounce', async ({ page }) => {
  await page.goto('./');
  await upToDate(page);
  const saves = Array.from({ length: 2_000 }, (_, i) => ({
    id: 'one',
    title: 'One',
    text: `Draft number ${i}.`,
    baseRevision: i,
  }));
  const began = Date.now();
  const { queued = 0, merged = 0, full = 0 } = await saveNotes(page, saves);
  const seconds = (Date.now() - began) / 1000;
  expect(queued + merged).toBe(2_000);
  expect(full).toBe(0);
  // The cap lets one batch through each fifteen seconds of constant saving.
  expect(queued).toBeLessThanOrEqual(1 + Math.ceil(seconds / 15));
  const found = await expectSound(page, { notes: 1 });
  expect(found.counters.embedded).toBeLessThanOrEqual(1 + Math.ceil(seconds / 15));
});
