/**
 * What `npm run test:long` is made of, in pieces that are run one after the other. `.ci/run` runs
 * as many as fit, beginning at another one for each commit.
 */
import { browser, vitest } from './stages.mjs';

/** All seeds, steps and variants. */
const ALL = { FINDLING_LONG: 'all' };
/** Of the 200 moments at which a page ends, each part runs so many. */
const MOMENT_PARTS = 8;

/** `seconds`: measured on two cores of a shared machine, docs/PERFORMANCE.md. */
const inNode = (name, seconds, files) => ({
  name,
  seconds,
  run: (tally, limitS) => vitest(tally, name, files, { env: ALL, limitS }),
});

const inBrowser = (name, seconds, args, env = {}) => ({
  name,
  seconds,
  run: (tally, limitS) => browser(tally, name, args, { env: { ...ALL, ...env }, limitS }),
});

const faults = (name, seconds) =>
  inBrowser(`faults: ${name}`, seconds, ['--project', 'faults', `/${name}.spec`]);

const moments = Array.from({ length: MOMENT_PARTS }, (_, part) =>
  inBrowser(
    `moments, part ${part + 1} of ${MOMENT_PARTS}`,
    300,
    ['--project', 'faults', '/moments.spec'],
    { FINDLING_PART: `${part}/${MOMENT_PARTS}` },
  ),
);

export const PIECES = [
  inNode('every crash step and seed', 300, ['tests/engine']),
  inNode('every flipped bit, large archives', 240, [
    'tests/unit/backup-flips.test.ts',
    'tests/unit/archive.test.ts',
  ]),
  inBrowser('variants', 300, ['--project', 'app', '--project', 'shipped', '--grep', '@long']),
  ...['gpu', 'kills', 'lifecycle', 'long-run', 'model-change', 'quota', 'runtime', 'startup'].map(
    (name) => faults(name, 120),
  ),
  ...moments,
  ...['storage', 'tabs', 'upgrade', 'worker'].map((name) => faults(name, 120)),
  inBrowser('soak, two minutes', 150, ['--project', 'soak'], {
    SOAK_MINUTES: '2',
    // The same each time, so that a failure is the change's doing; `npm run soak` draws new ones.
    SOAK_SEED: process.env.SOAK_SEED ?? '4242',
  }),
];
