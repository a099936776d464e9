/** `npm run check`: what needs no browser. */
import { installed, model, staticChecks, vitest } from './checks/stages.mjs';
import { tallied } from './checks/tally.mjs';

/** All checks that run in Node, the static ones beside the tests: there are two cores or more. */
export async function checkAll(tally) {
  await model(tally);
  await Promise.all([staticChecks(tally), vitest(tally, 'unit and engine tests', [])]);
}

if (process.argv[1] === import.meta.filename) {
  await tallied(async (tally) => {
    if (installed(tally)) await checkAll(tally);
  });
}
