/**
 * A crash at every step, as SQLite tests itself (https://www.sqlite.org/testing.html): a fault
 * fires at the n-th request or commit of IndexedDB of a trace, n = 1, 2, 3 … until a run goes
 * through without it. Then the browser is started anew, and what is stored must be sound.
 *
 * In a short run every k-th step, from a place that FINDLING_OFFSET gives; all with
 * FINDLING_LONG=all.
 */
import { describe, expect, it } from 'vitest';
import { clearLog, logged, unhandledRejections } from '../platform/console-log.ts';
import { LONG, offset } from '../platform/effort.ts';
import { cloneDisk, type Disk, type Moment } from '../platform/indexeddb.ts';
import { findWrong } from '../platform/oracle.ts';
import { World } from '../platform/world.ts';
import { Acts, prepare, TRACES, type Trace } from '../traces.ts';

const LOST = 'Connection to Indexed Database server lost. Refresh the page to try again';
const BACKING = 'Internal error opening backing store for indexedDB.open.';

/** In a short run. */
const SHORT_EVERY = 61;
/** Lines of what is wrong before a test gives up. */
const MOST_TOLD = 60;

interface Kind {
  name: string;
  /** Whether it can befall this step; only those are counted. */
  fits?(moment: Moment): boolean;
  /** @param world whose the step is */
  strike(moment: Moment, world: World): void;
}

/** What ends processes. */
export const ENDS: readonly Kind[] = [
  {
    name: 'the browser is gone',
    strike: (_, world) => world.killAll(),
  },
  {
    name: 'the browser is gone once it is durable',
    fits: ({ step }) => step === 'commit',
    strike: (moment, world) => moment.dieAfter(() => world.killAll()),
  },
  {
    name: 'one process is gone',
    strike: ({ process }) => process.kill(),
  },
];

/** What only fails. */
export const FAILURES: readonly Kind[] = [
  {
    name: 'the transaction is aborted',
    strike: (moment) => moment.abort('AbortError'),
  },
  {
    name: 'storage is full',
    fits: ({ writes }) => writes,
    strike: (moment) => moment.fail('QuotaExceededError'),
  },
  {
    name: 'the connection is closed',
    strike: (moment) => moment.close(),
  },
  {
    name: 'the server of IndexedDB is lost',
    strike: (moment) => moment.close('UnknownError', LOST),
  },
  {
    name: 'the backing store cannot be opened',
    strike(moment, world) {
      Object.assign(world.disk.failOpens, { left: 2, name: 'UnknownError', message: BACKING });
      moment.close();
    },
  },
];

interface Start {
  disk: Disk;
  allowed: Acts['allowed'];
}

async function openTwo(world: World, allowed?: Acts['allowed']): Promise<Acts> {
  const tabs = [await world.open(), await world.open()];
  expect(await world.idle()).toBe(true);
  return new Acts(world, tabs, undefined, allowed);
}

/** What is stored before the trace. */
async function startOf(trace: Trace): Promise<Start> {
  const world = new World();
  const act = await openTwo(world);
  await prepare(act);
  await trace.before?.(act);
  expect(await world.idle()).toBe(true);
  world.killAll();
  expect(await findWrong(world, act.allowed)).toEqual([]);
  return { disk: world.disk, allowed: act.allowed };
}

/** @returns whether the fault fired, and what is wrong afterwards */
async function crashAt(
  trace: Trace,
  { disk, allowed }: Start,
  kind: Kind,
  step: number,
): Promise<{ fired: boolean; wrong: string[] }> {
  clearLog();
  const world = new World(cloneDisk(disk));
  const act = await openTwo(world, new Map(allowed));
  let steps = 0;
  let fired = false;
  world.disk.watch = (moment) => {
    if (kind.fits && !kind.fits(moment)) return;
    if (++steps !== step) return;
    fired = true;
    kind.strike(moment, world);
  };
  await trace.run(act);
  // What can be done without a new start is done.
  const rested = await world.idle(5 * 60_000);
  world.disk.watch = null;
  world.disk.failOpens.left = 0;
  world.killAll();
  await world.open();
  const wrong = (await world.idle()) ? [] : ['it does not come to rest'];
  if (!fired && !rested) wrong.push('it does not come to rest even without a fault');
  world.killAll();
  wrong.push(...(await findWrong(world, act.allowed)), ...unhandledRejections());
  return { fired, wrong };
}

let total = 0;

/** Starts and ends are the same for all kinds, so they are made once a file. */
export function crashAtEveryStep(kinds: readonly Kind[]): void {
  describe.each(TRACES.map((trace) => [trace.name, trace] as const))('%s', (_, trace) => {
    let start: Promise<Start> | null = null;
    it.each(kinds.map((kind) => [kind.name, kind] as const))('%s', async (_name, kind) => {
      start ??= startOf(trace);
      const begun = await start;
      const every = Number(process.env.FINDLING_EVERY ?? (LONG ? 1 : SHORT_EVERY));
      let ran = 0;
      const wrong: string[] = [];
      for (let step = 1 + (offset() % every); ; step += every) {
        const end = await crashAt(trace, begun, kind, step);
        if (!end.fired) {
          expect(end.wrong).toEqual([]);
          break;
        }
        ran++;
        for (const what of end.wrong) wrong.push(`step ${step}: ${what}`);
        if (end.wrong.length > 0) wrong.push(...logged().slice(-12));
        if (wrong.length > MOST_TOLD) break;
      }
      total += ran;
      console.log(`${trace.name}, ${kind.name}: ${ran} steps (${total} in all)`);
      expect(wrong).toEqual([]);
    });
  });
}
