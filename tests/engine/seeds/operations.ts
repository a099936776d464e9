/** Operations drawn at random, in two to four tabs, and the account of what must come of them. */
import fc from 'fast-check';
import { clearLog, unhandledRejections } from '../platform/console-log.ts';
import { findWrong, passageCount } from '../platform/oracle.ts';
import { Process } from '../platform/process.ts';
import { makeNote } from '../platform/texts.ts';
import { type Tab, World } from '../platform/world.ts';
import { Acts, OTHER_MODEL } from '../traces.ts';

const NOTES = 6;
const FILES = 4;
const WORKSPACES = ['default', 'second'] as const;
const HOUR = 3_600_000;
const MOST_TABS = 4;
/**
 * An operation that waits for another tab's transaction is left to itself after so long, ms of the
 * clock.
 */
const LEFT_AFTER_MS = 15_000;

/** Whose timers no one stops. */
const NOBODY = new Process('nobody');

/** `tab`: of those that are open, counted around. `then`: how much time passes afterwards, ms. */
export type Operation = { tab: number; then: number } & (
  | { do: 'save'; note: number; edition: number }
  | { do: 'remove'; notes: number[] }
  | { do: 'undo' }
  | { do: 'import'; files: number[]; edition: number }
  | { do: 'open' | 'close' | 'crash' | 'freeze' | 'resume' | 'worker dies' }
  | { do: 'worker falls silent'; ms: number }
  | { do: 'clock'; by: number }
  | { do: 'model'; other: boolean }
  | { do: 'workspace' }
  | { do: 'pause' | 'go on' | 'rebuild' | 'purge' }
);

const some = (count: number) =>
  fc.uniqueArray(fc.nat({ max: count - 1 }), { minLength: 1, maxLength: 3 });
const of = <T extends object>(weight: number, what: fc.Arbitrary<T>) => ({
  weight,
  arbitrary: fc
    .tuple(
      what,
      fc.nat({ max: MOST_TABS - 1 }),
      fc.constantFrom(0, 0, 20, 90, 600, 2_030, 6_000, 13_000),
    )
    .map(([one, tab, then]) => ({ ...one, tab, then }) as unknown as Operation),
});
const plain = <T extends string>(name: T) => fc.constant({ do: name });

export const operations: fc.Arbitrary<Operation[]> = fc.array(
  fc.oneof(
    of(
      8,
      fc.record({
        do: fc.constant('save'),
        note: fc.nat({ max: NOTES - 1 }),
        edition: fc.nat({ max: 3 }),
      }),
    ),
    of(3, fc.record({ do: fc.constant('remove'), notes: some(NOTES) })),
    of(2, plain('undo')),
    of(
      2,
      fc.record({
        do: fc.constant('import'),
        files: some(FILES),
        edition: fc.nat({ max: 1 }),
      }),
    ),
    of(2, plain('open')),
    of(1, plain('close')),
    of(1, plain('crash')),
    of(1, plain('freeze')),
    of(1, plain('resume')),
    of(2, plain('worker dies')),
    // Some wake before the lease is taken from them, and some after.
    of(
      2,
      fc.record({
        do: fc.constant('worker falls silent'),
        ms: fc.constantFrom(4_000, 16_000, 45_000),
      }),
    ),
    of(1, fc.record({ do: fc.constant('clock'), by: fc.constantFrom(-HOUR, HOUR, -24 * HOUR) })),
    of(2, fc.record({ do: fc.constant('model'), other: fc.boolean() })),
    of(1, plain('workspace')),
    of(1, plain('pause')),
    of(1, plain('go on')),
    of(1, plain('rebuild')),
    of(1, plain('purge')),
  ),
  { minLength: 4, maxLength: 24 },
);

/** Carries operations out, lets all come to rest, and tells everything that is wrong then. */
export async function carryOut(all: readonly Operation[]): Promise<string[]> {
  clearLog();
  const world = new World();
  const acts = new Map(WORKSPACES.map((id) => [id as string, new Acts(world, [], LEFT_AFTER_MS)]));
  await world.open();
  await world.open();
  for (const one of all) {
    await carryOutOne(world, acts, one);
    await world.time.pass(one.then);
  }
  const wrong: string[] = [];
  for (const tab of world.live) if (tab.page.still) tab.resume();
  if (world.live.length === 0) await world.open();
  for (const tab of world.live) await resume(tab);
  if (await world.idle()) wrong.push(...(await remembered(world)));
  else wrong.push(`it does not come to rest: ${world.live.map(({ status }) => status)}`);
  world.killAll();
  for (const [workspace, { allowed, used }] of acts) {
    if (!used) continue;
    const tab = await world.open(workspace);
    await resume(tab);
    if (!(await world.idle())) wrong.push(`${workspace} does not come to rest after a start`);
    world.killAll();
    wrong.push(
      ...(await findWrong(world, allowed, workspace)).map((what) => `${workspace}: ${what}`),
    );
  }
  return [...wrong, ...unhandledRejections()];
}

/** A worker that is silent, or replaced just now, does not answer: as a person would, once more. */
async function resume(tab: Tab): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    const { state } = await tab.do(async () => tab.engine?.control('resume'));
    if (state === 'done') return;
  }
}

async function carryOutOne(
  world: World,
  acts: ReadonlyMap<string, Acts>,
  one: Operation,
): Promise<void> {
  if (one.do === 'open') {
    if (world.live.length < MOST_TABS) await world.open();
    return;
  }
  if (one.do === 'clock') {
    world.time.wrongBy += one.by;
    return;
  }
  const { live } = world;
  const tab = live[one.tab % Math.max(1, live.length)];
  if (!tab) return;
  if (one.do === 'resume') return tab.page.still ? tab.resume() : undefined;
  // Nobody does anything in a tab that stands still.
  if (tab.page.still) return;
  if (one.do === 'close') return tab.close();
  if (one.do === 'crash') return tab.kill();
  if (one.do === 'freeze') return tab.freeze();
  if (one.do === 'worker dies') return tab.worker?.kill();
  if (one.do === 'worker falls silent') {
    const { worker } = tab;
    worker?.standStill();
    world.time.after(NOBODY, one.ms, () => worker?.resume());
    return;
  }
  if (one.do === 'workspace') {
    const other = WORKSPACES.find((id) => id !== tab.workspace)!;
    await tab.show(other, LEFT_AFTER_MS);
    return;
  }
  if (!tab.engine || !tab.notes) return;
  const act = acts.get(tab.workspace)!;
  switch (one.do) {
    case 'save':
      if (act.deleted.has(`n${one.note}`)) return;
      return act.save(tab, `n${one.note}`, makeNote(one.note, one.edition));
    case 'remove':
      return act.remove(
        tab,
        one.notes.map((note) => `n${note}`),
      );
    case 'undo':
      return act.undo(tab);
    case 'import':
      return act.import(
        tab,
        Object.fromEntries(one.files.map((i) => [`f${i}`, makeNote(100 + i, one.edition)])),
      );
    case 'model':
      return act.chooseModel(tab, one.other ? OTHER_MODEL : 'use-lite');
    case 'purge':
      return act.purge(tab);
    case 'pause':
    case 'rebuild':
      return act.control(tab, one.do);
    case 'go on':
      return act.control(tab, 'resume');
  }
}

/** What the worker of each tab has in memory must be what is stored. */
async function remembered(world: World): Promise<string[]> {
  const wrong: string[] = [];
  for (const tab of world.live) {
    const { passages, notes } = await tab.ask(() => tab.engine!.health());
    const stored = passageCount(world, tab.workspace);
    if (passages !== stored) {
      wrong.push(`${tab.name} remembers ${passages} passages of ${stored} that are stored`);
    }
    const found = await tab.ask(() => tab.engine!.search('entry', { limit: 50, weak: true }));
    if (found.hits.length !== notes) {
      wrong.push(`${tab.name} finds ${found.hits.length} notes of ${notes} by their words`);
    }
  }
  return wrong;
}
