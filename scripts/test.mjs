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
  const projects = ['--project', 'app', '--project', 'shipped'];
  await browser(tally, 'browser tests', [...projects, '--grep-invert', '@timed']);
  // Nothing else runs beside what bounds a time.
  await browser(tally, 'timed browser tests', [...projects, '--grep', '@timed', '--workers', '1']);
  return true;
}

if (process.argv[1] === import.meta.filename) {
  await tallied(async (tally) => {
    if (installed(tally)) await testAll(tally);
  });
}
