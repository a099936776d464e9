/**
 * What `.ci/run` does: `npm test`, then as much of `npm run test:long` as fits: first the browser
 * tests that are left, then the other pieces, from one on that the commit chooses, so that all of them
 * are run in turn.
 */
import { execFileSync } from 'node:child_process';
import { PIECES, REST } from './checks/long.mjs';
import { installed } from './checks/stages.mjs';
import { tallied } from './checks/tally.mjs';
import { ROOT } from './install.mjs';
import { testAll } from './test.mjs';

/**
 * For what `npm test` leaves out, and for all of it, seconds. The whole must end within an hour; more
 * than this once every crash step has been run whole.
 */
const LONG_S = 15 * 60;
const WHOLE_S = 50 * 60;

/** @returns {number} the first digits of the commit's hash, or 0 outside of a repository */
function commitNumber() {
  try {
    const options = { cwd: ROOT, encoding: 'utf8' };
    return Number.parseInt(execFileSync('git', ['rev-parse', 'HEAD'], options).slice(0, 7), 16);
  } catch {
    return 0;
  }
}

// Machines are shared here: once more before it is a failure, and said. Nowhere else.
process.env.TEST_RETRIES ??= '1';

await tallied(async (tally) => {
  const began = Date.now();
  if (!installed(tally) || !(await testAll(tally))) return;
  const until = Math.min(Date.now() + LONG_S * 1_000, began + WHOLE_S * 1_000);
  const first = commitNumber() % PIECES.length;
  // Always: `npm test` and these together are what a change can break.
  await REST.run(tally);
  const left = [];
  for (const piece of [...PIECES.slice(first), ...PIECES.slice(0, first)]) {
    const seconds = (until - Date.now()) / 1_000;
    // Slow machines take twice as long; a piece that is begun has the time to end.
    if (piece.seconds * 2 > seconds) left.push(piece.name);
    else await piece.run(tally);
  }
  if (left.length > 0) console.log(`\nNot run, for want of time:\n  ${left.join('\n  ')}`);
});
