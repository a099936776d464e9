/** A worker that ends, or fails, at each point of its work. */
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/limits.ts';
import { random } from '../random.ts';
import { LONG } from './platform/effort.ts';
import { readStore } from './platform/indexeddb.ts';
import {
  batch,
  counters,
  expectSound,
  pendingIn,
  saveNotes,
  search,
  stage,
  untilHit,
} from './platform/stage.ts';

describe.each(['begun', 'slice', 'commit', 'committed'] as const)('ended at “%s”', (at) => {
  it.each(LONG ? [0, 1, 2, 3, 4] : [0, 3])('pass %i', async (after) => {
    const { world, tabs } = await stage(1, [{ at, act: 'die', after, times: 1 }]);
    const [tab] = tabs;
    // The first worker has its fault; the next one is whole.
    world.faults.list = [];
    // Each wave is a window of its own: every point is passed at least once a wave.
    const notes = batch(0, 24);
    for (let from = 0; from < notes.length; from += 4) {
      await saveNotes(tab, notes.slice(from, from + 4));
      await world.time.pass(LIMITS.debounceMs + 500);
    }
    await untilHit(world);
    await expectSound(world, notes);
    expect(counters(world).restarts).toBe(1);
    expect(tab.workers.length).toBe(2);
  });
});

describe.each(['throw', 'reject', 'oom'] as const)('a slice that fails (%s)', (act) => {
  it('once: costs no note', async () => {
    const { world, tabs } = await stage(1, [{ at: 'slice', act, after: 2, times: 1 }]);
    const notes = batch(0, 40);
    await saveNotes(tabs[0], notes);
    await expectSound(world, notes);
    expect(world.faults.hits.length).toBe(1);
    expect(counters(world).restarts ?? 0).toBe(0);
  });

  it('always: the note is quarantined, and tried again on demand', async () => {
    const text = 'Entry 13.0';
    const { world, tabs } = await stage(1, [{ at: 'slice', act, times: 1e6, text }]);
    const [tab] = tabs;
    const notes = batch(0, 30);
    await saveNotes(tab, notes);
    await expectSound(world, notes, ['n13']);
    const { failed, quarantined } = await tab.ask(() => tab.engine!.health());
    expect([quarantined, failed.map(({ title }) => title)]).toEqual([1, ['Note 13']]);
    // The fault lives in the worker that has it.
    world.faults.list = [];
    tab.kill();
    const again = await world.open();
    await world.idle();
    await again.ask(() => again.engine!.control('retry-failed'));
    await expectSound(world, notes);
  });
});

it.each([20, 1])(
  'a note that ends the worker every time, of %i: quarantined after five deaths',
  async (count) => {
    const notes = batch(5, count);
    const text = `Entry ${5 + (count >> 1)}.0`;
    const bad = `n${5 + (count >> 1)}`;
    const { world, tabs } = await stage(1, [{ at: 'begun', act: 'die', times: 1e6, text }]);
    await saveNotes(tabs[0], notes);
    await expectSound(world, notes, [bad]);
    expect(world.faults.hits.length).toBe(5);
    expect(counters(world).restarts).toBe(5);
    expect(await search(tabs[0], 'Entry')).toContain(bad);
  },
);

it('one that never answers is ended, unasked; saves go on, the next one indexes all', async () => {
  const { world, tabs } = await stage(1, [
    { at: 'slice', act: 'spin', after: 2, times: 1, ms: 3_600_000 },
  ]);
  const [tab] = tabs;
  const [stuck] = tab.workers;
  world.faults.list = [];
  const notes = batch(0, 40);
  await saveNotes(tab, notes);
  await untilHit(world);
  const began = world.time.ticks;
  // Nobody asks anything: it is found out by its silence, pause and deadline 40 s together.
  expect(await world.time.until(() => stuck!.dead, 60_000)).toBe(true);
  expect(world.time.ticks - began).toBeGreaterThan(20_000);
  await expectSound(world, notes);
  expect(counters(world).restarts).toBe(1);
});

it('one that never greets is given up and replaced', async () => {
  const { world, tabs } = await stage(0, [{ at: 'start', act: 'hang', times: 1 }]);
  const tab = await world.open();
  expect(tabs).toEqual([]);
  await untilHit(world);
  world.faults.list = [];
  const notes = batch(0, 3);
  await saveNotes(tab, notes);
  expect(pendingIn(world)).toBe(3);
  expect(await world.time.until(() => tab.notice?.text === 'worker-script', 40_000)).toBe(true);
  await expectSound(world, notes);
  expect(world.faults.hits.length).toBe(1);
});

it('vectors that are damaged in storage are made anew, and only those', async () => {
  const { world, tabs } = await stage(1);
  // So few that they lie apart.
  const notes = [0, 1, 2, 3].map((i) => ({ id: `n${i}`, title: 'N', text: `Number ${i}.` }));
  await saveNotes(tabs[0], notes);
  await expectSound(world, notes);
  const { embedded } = counters(world);
  world.killAll();
  const rows = readStore<{ codes: Int8Array; scale: number }>(
    world.disk,
    'findling-ws-default',
    'vectors',
  );
  const next = random(3);
  expect(rows.length).toBeGreaterThanOrEqual(3);
  const [short, nan] = rows;
  short!.value.codes = short!.value.codes.slice(Math.floor(next() * 100));
  nan!.value.scale = Number.NaN;
  await world.open();
  expect(await world.time.until(() => counters(world).embedded === embedded! + 2, 60_000)).toBe(
    true,
  );
  await world.idle();
  // Of these notes the lists are as they were.
  world.disk.twice.length = 0;
  await expectSound(world, notes);
});
