/** Another model is chosen: the former vectors serve until the swap. */
import { expect, it } from 'vitest';
import {
  batch,
  counters,
  expectSound,
  kv,
  listsOf,
  pendingIn,
  saveNotes,
  stage,
} from './platform/stage.ts';
import type { Tab, World } from './platform/world.ts';
import { OTHER_MODEL } from './traces.ts';

const NOTES = 40;

interface Generations {
  active: { gen: string };
  building?: { gen: string };
  kept?: { gen: string };
}
const generations = (world: World) => kv<Generations>(world, 'generations');
const ask = (tab: Tab, query: string) => tab.ask(() => tab.engine!.search(query, { limit: 5 }));
const choose = (tab: Tab, model: string) => tab.ask(() => tab.engine!.chooseModel(model));

/** The other model is chosen, and some notes are embedded with it, not all. */
async function midway(tabs: number) {
  const staged = await stage(tabs);
  const { world } = staged;
  const notes = batch(0, NOTES);
  await saveNotes(staged.tabs[0], notes);
  await expectSound(world, notes);
  const before = generations(world)!.active.gen;
  await choose(staged.tabs[0], OTHER_MODEL);
  const isMidway = () => pendingIn(world) > 0 && pendingIn(world) < NOTES;
  expect(await world.time.until(isMidway, 60_000)).toBe(true);
  const building = generations(world)!.building!.gen;
  expect(building).toContain(`${OTHER_MODEL}@`);
  return { ...staged, notes, before, building };
}

it('the former serves until the swap; going back takes no work', async () => {
  const { world, tabs, notes, before, building } = await midway(1);
  const [tab] = tabs;
  expect(generations(world)!.active.gen).toBe(before);
  expect((await ask(tab, 'winter garden')).meaning).toBe('used');
  // What is written now comes into the former vectors too, before the swap.
  const more = batch(NOTES, 1);
  await saveNotes(tab, more);
  const isIn = () =>
    generations(world)!.active.gen === before &&
    listsOf(world, before).some(({ note }) => note === more[0]!.id);
  expect(await world.time.until(isIn, 30_000)).toBe(true);
  await expectSound(world, [...notes, ...more]);
  expect(generations(world)).toMatchObject({ active: { gen: building }, kept: { gen: before } });
  expect((await ask(tab, 'winter garden')).meaning).toBe('used');
  const { embedded } = counters(world);
  await choose(tab, 'use-lite');
  expect(await world.time.until(() => generations(world)!.active.gen === before, 5_000)).toBe(true);
  await expectSound(world, [...notes, ...more]);
  expect(counters(world).embedded).toBe(embedded);
});

it('cut off midway, it goes on where it was', async () => {
  const { world, notes, building } = await midway(1);
  const { embedded } = counters(world);
  world.killAll();
  await world.open();
  expect(generations(world)!.building!.gen).toBe(building);
  await expectSound(world, notes);
  expect(generations(world)!.active.gen).toBe(building);
  const passages = listsOf(world, building).length;
  expect(passages).toBe(NOTES);
  // Each passage once for each model; the slice under way at the end may be done twice.
  const all = counters(world).embedded!;
  expect(all - embedded!).toBeGreaterThan(0);
  expect(all).toBeLessThanOrEqual(2 * (await firstEmbedded()) + 32);
});

/** Passages that the same notes have. */
async function firstEmbedded(): Promise<number> {
  const { world, tabs } = await stage(1);
  await saveNotes(tabs[0], batch(0, NOTES));
  await world.idle();
  return counters(world).embedded!;
}

it('changed back midway, nothing is left of the other model', async () => {
  const { world, tabs, notes, before, building } = await midway(1);
  await choose(tabs[0], 'use-lite');
  await expectSound(world, notes);
  expect(generations(world)).toEqual({ active: { gen: before, model: 'use-lite' } });
  expect(listsOf(world, building)).toEqual([]);
});

it('the leader cannot read that another model is chosen: it does not go round in circles', async () => {
  const { world, tabs } = await stage(2);
  const [leader, other] = tabs as [Tab, Tab];
  const notes = batch(0, 6);
  await saveNotes(leader, notes);
  await expectSound(world, notes);
  let failed = 0;
  world.disk.watch = ({ process, mode, abort }) => {
    // What it reads first is the settings; once more, when it would read them again.
    if (process !== leader.worker || mode !== 'readonly' || failed >= 2) return;
    failed++;
    abort('AbortError');
  };
  await choose(other, OTHER_MODEL);
  await saveNotes(other, batch(50, 2));
  expect(await world.time.until(() => failed === 2, 60_000)).toBe(true);
  await world.idle();
  // Once more for the former generation, and then no more.
  expect(world.disk.twice.length).toBeLessThanOrEqual(notes.length);
  world.disk.twice.length = 0;
  await expectSound(world, [...notes, ...batch(50, 2)]);
  expect(generations(world)!.active.gen).toContain(`${OTHER_MODEL}@`);
});

it('two tabs change over together', async () => {
  const { world, tabs, notes, building } = await midway(2);
  await expectSound(world, notes);
  expect(generations(world)!.active.gen).toBe(building);
  for (const tab of tabs) {
    const health = await tab.ask(() => tab.engine!.health());
    expect([health.model, health.workersAlive]).toEqual([OTHER_MODEL, 1]);
    const { meaning, hits } = await ask(tab, 'Entry 3');
    expect(meaning).toBe('used');
    expect(hits.length).toBeGreaterThan(0);
  }
});
