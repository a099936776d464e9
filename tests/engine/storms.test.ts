/** More saves than the channel holds. */
import { expect, it } from 'vitest';
import { LONG } from './platform/effort.ts';
import { counters, expectSound, saveNotes, stage } from './platform/stage.ts';

const MANY = LONG ? 5_000 : 300;
const AGAIN = LONG ? 2_000 : 500;

it(`${MANY} saves of distinct notes: some dropped, none lost, each embedded once`, async () => {
  const { world, tabs } = await stage(1);
  const notes = Array.from({ length: MANY }, (_, i) => ({
    id: `n${i}`,
    title: `Note ${i}`,
    text: `Number ${i} of them.`,
  }));
  const { queued = 0, merged = 0, full = 0, closed = 0 } = await saveNotes(tabs[0], notes);
  expect(queued + merged + full + closed).toBe(MANY);
  expect(full).toBeGreaterThan(0);
  await expectSound(world, notes);
  expect(counters(world)).toMatchObject({ accepted: queued, dropped: full, embedded: MANY });
});

it(`${AGAIN} saves of one note: merged, and embedded at most once a debounce`, async () => {
  const { world, tabs } = await stage(1);
  const saves = Array.from({ length: AGAIN }, (_, i) => ({
    id: 'one',
    title: 'One',
    text: `Draft number ${i}.`,
    baseRevision: i,
  }));
  const began = world.time.ticks;
  const { queued = 0, merged = 0, full = 0 } = await saveNotes(tabs[0], saves);
  const seconds = (world.time.ticks - began) / 1000;
  expect(queued + merged).toBe(AGAIN);
  expect(full).toBe(0);
  // The cap lets one batch through each fifteen seconds of constant saving.
  expect(queued).toBeLessThanOrEqual(1 + Math.ceil(seconds / 15));
  await expectSound(world, saves.slice(-1));
  expect(counters(world).embedded).toBeLessThanOrEqual(1 + Math.ceil(seconds / 15));
});
