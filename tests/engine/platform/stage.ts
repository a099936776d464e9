/**
 * What the tests of single faults share: tabs that are open, notes that are saved, and what must
 * hold.
 */
import { expect } from 'vitest';
import type { Fault } from '../../../src/worker/faults.ts';
import { clearLog, logged, unhandledRejections } from './console-log.ts';
import { readStore } from './indexeddb.ts';
import { findWrong } from './oracle.ts';
import { makeNote, type Text } from './texts.ts';
import { type Tab, World } from './world.ts';

export interface NamedText extends Text {
  id: string;
}

export const batch = (from: number, count: number): NamedText[] =>
  Array.from({ length: count }, (_, i) => ({ id: `n${from + i}`, ...makeNote(from + i) }));

/** A browser with so many tabs, at rest. `faults`: of every worker that starts from now on. */
export async function stage(count: number, faults: Fault[] = []) {
  clearLog();
  const world = new World();
  world.faults.list = faults;
  const tabs: Tab[] = [];
  for (let i = 0; i < count; i++) {
    tabs.push(await world.open());
    expect(await world.idle()).toBe(true);
    // The fault is the first tab's; it leads.
    if (i === 0 && count > 1) world.faults.list = [];
  }
  return { world, tabs: tabs as [Tab, ...Tab[]] };
}

/** Saves notes as the editor does; gives the verdicts' counts. */
export async function saveNotes(
  tab: Tab,
  notes: readonly (NamedText & { baseRevision?: number })[],
): Promise<Record<string, number>> {
  const verdicts: Record<string, number> = {};
  await tab.ask(async () => {
    for (const note of notes) {
      const { verdict } = await tab.save(note);
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    }
  });
  return verdicts;
}

export const untilHit = async (world: World, times = 1): Promise<void> => {
  expect(await world.time.until(() => world.faults.hits.length >= times, 120_000)).toBe(true);
};

/** All comes to rest, and is as if nothing had happened. */
export async function expectSound(
  world: World,
  notes: readonly NamedText[],
  quarantined: readonly string[] = [],
): Promise<void> {
  const rested = await world.idle();
  expect(rested, logged().join('\n')).toBe(true);
  const allowed = new Map(notes.map(({ id, title, text }) => [id, [{ title, text }]]));
  const wrong = await findWrong(world, allowed, 'default', quarantined);
  expect([...wrong, ...unhandledRejections()], logged().join('\n')).toEqual([]);
}

const DB = 'findling-ws-default';

export const counters = (world: World): Record<string, number> =>
  Object.fromEntries(
    readStore<number>(world.disk, DB, 'kv').flatMap(({ key, value }) => {
      const name = String(key);
      return name.startsWith('counter:') ? [[name.slice(8), value]] : [];
    }),
  );

export const kv = <T>(world: World, name: string): T | undefined =>
  readStore<T>(world.disk, DB, 'kv').find(({ key }) => key === name)?.value;

export const pendingIn = (world: World): number => readStore(world.disk, DB, 'pending').length;
/** Passage lists of a generation. */
export const listsOf = (world: World, gen: string): { note: string; revision: number }[] =>
  readStore<{ gen: string; note: string; revision: number }>(world.disk, DB, 'passages')
    .map(({ value }) => value)
    .filter((list) => list.gen === gen);

export const passagesOf = (tab: Tab): Promise<number> =>
  tab.ask(async () => (await tab.engine!.health()).passages);

export const search = (tab: Tab, query: string): Promise<string[]> =>
  tab.ask(async () => (await tab.engine!.search(query, { limit: 5 })).hits.map(({ note }) => note));
