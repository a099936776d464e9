/** `npm test`: every check that a change needs, from a fresh clone. */
import { checkAll } from './check.mjs';
import { browser, builds, installChromium, installed } from './checks/stages.mjs';
import { tallied } from './checks/tally.mjs';

export async function testAll(tally) {
  await installChromium();
  await checkAll(tally);
  if (!(await builds(tally))) {
    console.log('No browser test is run: the build failed.');
    return false;
  }
  await browser(tally, 'browser tests', ['--project=app', '--grep-invert', '@timed']);
  // One at a time: the real model takes both cores, and two are no quicker.
  await browser(tally, 'tests of the shipped app', ['--project=shipped', '--workers', '1']);
  return true;
}

if (process.argv[1] === import.meta.filename) {
  await tallied(async (tally) => {
    if (installed(tally)) await testAll(tally);
  });
}
