/** Who indexes, and what becomes of it when that one is gone, hangs, or falls silent. */
import { expect, it } from 'vitest';
import {
  batch,
  expectSound,
  kv,
  passagesOf,
  pendingIn,
  saveNotes,
  search,
  stage,
  untilHit,
} from './platform/stage.ts';

it('two tabs show the same status; the leader closes and the other goes on at once', async () => {
  const { world, tabs } = await stage(2);
  const [tab, other] = tabs as [(typeof tabs)[0], (typeof tabs)[0]];
  const notes = batch(0, 120);
  await saveNotes(tab, notes);
  const isMidway = () => {
    const here = tab.engine!.status.peek();
    return here.state === 'indexing' && here.completed > 0 && here.completed < here.total - 30;
  };
  expect(await world.time.until(isMidway, 30_000)).toBe(true);
  // A status is at most a moment old in either tab.
  const same = () =>
    JSON.stringify(tab.engine!.status.peek()) === JSON.stringify(other.engine!.status.peek());
  expect(await world.time.until(() => isMidway() && same(), 5_000)).toBe(true);
  const before = pendingIn(world);
  expect(before).toBeGreaterThan(0);
  tab.close();
  expect(await world.time.until(() => pendingIn(world) < before, 2_000)).toBe(true);
  await expectSound(world, notes);
});

it('a tab that saved a note never says “up to date” before the note is embedded', async () => {
  const { world, tabs } = await stage(2);
  const [leader, follower] = tabs as [(typeof tabs)[0], (typeof tabs)[0]];
  const idle = (tab: typeof leader): boolean => tab.engine!.status.peek().state === 'idle';
  expect(await world.time.until(() => idle(leader) && idle(follower), 30_000)).toBe(true);
  for (const [i, tab] of [leader, follower].entries()) {
    await saveNotes(tab, batch(i, 1));
    const early = () => idle(tab) && pendingIn(world) > 0;
    expect(early()).toBe(false);
    expect(await world.time.until(() => early() || idle(tab), 30_000)).toBe(true);
    expect(early()).toBe(false);
  }
});

it('a leader whose inference never comes back is replaced, and all is indexed', async () => {
  const { world, tabs } = await stage(2, [{ at: 'slice', act: 'hang', after: 1, times: 1 }]);
  const notes = batch(0, 60);
  await saveNotes(tabs[0], notes);
  await untilHit(world);
  await expectSound(world, notes);
  expect((await search(tabs[1]!, 'Entry 59')).length).toBeGreaterThan(0);
});

it('a leader that falls silent loses its lease; when it wakes, it writes nothing', async () => {
  // Twice what stealing the lease takes, and less than its own page waits for an answer.
  const silent = 25_000;
  const { world, tabs } = await stage(2, [
    { at: 'commit', act: 'spin', after: 1, times: 1, ms: silent },
  ]);
  const [tab] = tabs;
  const [former] = tab.workers;
  const epoch = kv<number>(world, 'epoch')!;
  const notes = batch(0, 60);
  await saveNotes(tab, notes);
  await untilHit(world);
  const began = world.time.ticks;
  expect(await world.time.until(() => kv(world, 'epoch') === epoch + 1, silent)).toBe(true);
  // Stolen, not waited for.
  expect(world.time.ticks - began).toBeLessThan(silent);
  const writes: string[] = [];
  world.disk.watch = ({ process, step, mode, what }) => {
    if (process === former && step === 'commit' && mode === 'readwrite') writes.push(what);
  };
  await expectSound(world, notes);
  expect([former!.still, former!.dead]).toEqual([true, false]);
  await world.time.until(() => !former!.still, silent);
  await world.time.pass(2_000);
  expect([former!.still, former!.dead]).toEqual([false, false]);
  expect(kv(world, 'epoch')).toBe(epoch + 1);
  expect(writes, 'transactions that the former leader committed').toEqual([]);
  await expectSound(world, notes);
  expect((await search(tab, 'Entry 59')).length).toBeGreaterThan(0);
});

it.each([1, 40])(
  'one that dies before it tells of its commit, of %i notes: no vector is lost',
  async (count) => {
    const after = count === 1 ? 0 : 1;
    const { world, tabs } = await stage(3, [{ at: 'committed', act: 'die', after, times: 1 }]);
    const notes = batch(0, count);
    await saveNotes(tabs[0], notes);
    await untilHit(world);
    await expectSound(world, notes);
    const counts = await Promise.all(tabs.map(passagesOf));
    // Each worker's memory holds what is stored, those that only followed included.
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBeGreaterThanOrEqual(count);
  },
);

it('a note saved in one tab is found by its words in the other within a second', async () => {
  const { world, tabs } = await stage(2);
  await saveNotes(tabs[0], [{ id: 'x', title: 'Elsewhere', text: 'a quokka sat here' }]);
  await world.time.pass(1_000);
  expect(pendingIn(world)).toBe(1);
  expect(await search(tabs[1]!, 'quokka')).toEqual(['x']);
});

it('what is set in one tab is followed by the workers of all tabs, and of a later one', async () => {
  const { world, tabs } = await stage(2);
  await tabs[1]!.ask(async () => tabs[1]!.engine!.setSetting('effort', 'gentle'));
  await world.time.pass(1_000);
  for (const tab of [...tabs, await world.open()]) {
    const { settings } = await tab.ask(async () => tab.engine!.health());
    expect(settings).toEqual({ effort: 'gentle' });
  }
});

it('a clock that jumps: all is indexed, nothing waits for ever', async () => {
  const { world, tabs } = await stage(1);
  const [tab] = tabs;
  const HOUR = 3_600_000;
  const notes = [];
  for (const [i, wrongBy] of [-HOUR, 24 * HOUR, 0].entries()) {
    world.time.wrongBy = wrongBy;
    // By the channel, and by the flags alone, which carry that clock's time.
    const asked = batch(20 * i, 5);
    const flagged = batch(20 * i + 10, 5);
    await saveNotes(tab, asked);
    await tab.ask(async () => {
      for (const note of flagged) await tab.notes!.save({ ...note, baseRevision: 0 });
    });
    notes.push(...asked, ...flagged);
    expect(await world.idle(90_000)).toBe(true);
    await expectSound(world, notes);
  }
});
