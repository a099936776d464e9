/**
 * What `npm run test:long` is made of, in pieces that are run one after the other. `.ci/run` runs
 * as many as fit, beginning at another one for each commit.
 */
import { browser, vitest } from './stages.mjs';

/** All seeds, steps and variants. */
const ALL = { FINDLING_LONG: 'all' };
/** Of the 200 moments at which a page ends, each part runs so many. */
const MOMENT_PARTS = 8;

/** `seconds`: on two cores of a shared machine; those of a thousand and more are reckoned. */
const inNode = (name, seconds, files) => ({
  name,
  seconds,
  run: (tally) => vitest(tally, name, files, { env: ALL }),
});

/** `args`: a project as `--project=NAME`; a space there makes what follows a project's name, too. */
const inBrowser = (name, seconds, args, env = {}) => ({
  name,
  seconds,
  run: (tally) => browser(tally, name, args, { env: { ...ALL, ...env } }),
});

const faults = (name, seconds) =>
  inBrowser(`faults: ${name}`, seconds, ['--project=faults', `/${name}.spec`]);

const moments = Array.from({ length: MOMENT_PARTS }, (_, part) =>
  inBrowser(
    `moments, part ${part + 1} of ${MOMENT_PARTS}`,
    300,
    ['--project=faults', '/moments.spec'],
    { FINDLING_PART: `${part}/${MOMENT_PARTS}` },
  ),
);

export const PIECES = [
  inNode('every crash step and seed', 1_800, ['tests/engine']),
  inNode('every flipped bit, large archives', 600, [
    'tests/unit/backup-flips.test.ts',
    'tests/unit/archive.test.ts',
  ]),
  inBrowser('variants', 300, ['--project=app', '--project=shipped', '--grep', '@long']),
  faults('gpu', 60),
  faults('kills', 1_500),
  faults('lifecycle', 120),
  faults('long-run', 900),
  faults('model-change', 120),
  faults('quota', 120),
  faults('runtime', 120),
  faults('startup', 120),
  ...moments,
  faults('storage', 1_500),
  faults('tabs', 120),
  faults('traces', 150),
  faults('upgrade', 150),
  faults('worker', 120),
  inBrowser('soak, two minutes', 150, ['--project=soak'], {
    SOAK_MINUTES: '2',
    // The same each time, so that a failure is the change's doing; `npm run soak` draws new ones.
    SOAK_SEED: process.env.SOAK_SEED ?? '4242',
  }),
];
