/**
 * `npm run test:long`: every crash step, seed, fault, kill, moment and variant. `--only TEXT` runs
 * the pieces whose name has it.
 */
import { parseArgs } from 'node:util';
import { PIECES } from './checks/long.mjs';
import { builds, installChromium, installed, model } from './checks/stages.mjs';
import { tallied } from './checks/tally.mjs';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });

await tallied(async (tally) => {
  if (!installed(tally)) return;
  await installChromium();
  await model(tally);
  if (!(await builds(tally))) return;
  for (const piece of PIECES.filter(({ name }) => name.includes(values.only))) {
    await piece.run(tally);
  }
});
