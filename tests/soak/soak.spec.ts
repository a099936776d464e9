/** `npm run soak`: a random mix of all there is to do, held against a plain model. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchPersistent, test } from '../browser/harness.ts';
import { smallDisk } from '../browser/support/storage.ts';
import { random } from '../random.ts';
import { KINDS, tooSeldom } from './actions.ts';
import { makePlan } from './plan.ts';
import { Soak } from './runner.ts';

const DISK_MB = 220;
const LAST_LINES = 40;
/** For the last quiet, and for what a slow machine needs besides. */
const GRACE_MS = 8 * 60_000;

interface Find {
  seed: number;
  minutes: number;
  /** What was found with it. */
  what: string;
}

const finds = JSON.parse(readFileSync(new URL('./finds.json', import.meta.url), 'utf8')) as Find[];

/** Its profile lies on a small disk where one can be had: only so can storage run full. */
function place(): { profile: string; canSqueeze: boolean; remove: () => void } {
  const disk = smallDisk(DISK_MB);
  if (disk) {
    return { profile: join(disk.dir, 'profile'), canSqueeze: true, remove: disk.remove };
  }
  const profile = mkdtempSync(join(tmpdir(), 'findling-soak-'));
  const remove = () => rmSync(profile, { recursive: true, force: true });
  return { profile, canSqueeze: false, remove };
}

async function soak(url: string, seed: number, minutes: number): Promise<void> {
  const { profile, canSqueeze, remove } = place();
  const context = await launchPersistent(profile);
  const plan = makePlan(seed, { canSqueeze });
  const run = new Soak(context, url, plan.world);
  // Searches have their own numbers: they must not change what is done.
  const checks = random(seed ^ 0x5f3759df);
  try {
    await run.start();
    const end = Date.now() + minutes * 60_000;
    while (Date.now() < end) {
      for (const action of plan.burst()) await run.perform(action);
      await run.check(checks);
    }
    await run.visitOthers(checks);
    const seldom = tooSeldom(run.done, minutes, canSqueeze);
    if (seldom.length > 0) throw new Error(`too little was done:\n${seldom.join('\n')}`);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    const last = run.history.slice(-LAST_LINES).join('\n');
    throw new Error(
      `seed ${seed}\n\nThe last actions, and what the console said:\n${last}\n\nWhat was wrong:\n${why}`,
    );
  } finally {
    const done = KINDS.map((kind) => `${kind} ${run.done[kind] ?? 0}`).join(', ');
    const without = canSqueeze ? '' : ' (no small disk can be mounted here: no squeeze)';
    console.log(`${done}${without}`);
    console.log(`${run.checks} checks, ${run.searches} searches; seed ${seed}`);
    await context.close().catch(() => {});
    remove();
  }
}

function define(name: string, seed: number, minutes: number): void {
  test(name, async ({ baseURL }) => {
    test.setTimeout(minutes * 60_000 + GRACE_MS);
    await soak(baseURL!, seed, minutes);
  });
}

const minutes = Number(process.env.SOAK_MINUTES);
/** Every run of `npm test` has one so short; what was found has a fault test of its own there. */
const SHORT = 2;
for (const find of minutes > SHORT ? finds : []) {
  define(`found before: ${find.what}`, find.seed, find.minutes);
}
const seed = Number(process.env.SOAK_SEED);
define(`${minutes} minutes, seed ${seed}`, seed, minutes);
