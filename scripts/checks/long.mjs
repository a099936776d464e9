/**
 * What `npm run test:long` is made of, in pieces that are run one after the other. `.ci/run` runs
 * as many as fit, beginning at another one for each commit.
 */
import { browser, vitest } from './stages.mjs';

/** All seeds, steps and variants. */
const ALL = { FINDLING_LONG: 'all' };
/** `seconds`: on two cores of a shared machine; those of a thousand and more are reckoned. */
const inNode = (name, seconds, files, env = ALL) => ({
  name,
  seconds,
  run: (tally) => vitest(tally, name, files, { env }),
});

/** `args`: a project as `--project=NAME`; a space there makes what follows a project's name, too. */
const inBrowser = (name, seconds, args, env = {}) => ({
  name,
  seconds,
  run: (tally) => browser(tally, name, args, { env: { ...ALL, ...env } }),
});

const faults = (name, seconds) =>
  inBrowser(`faults: ${name}`, seconds, ['--project=faults', `/${name}.spec`]);

/** The browser tests that `npm test` leaves out, as quick as there. */
export const REST = {
  name: 'the rest of the browser tests',
  async run(tally) {
    const options = { env: { FINDLING_LONG: 'rest' } };
    const run = (name, ...args) => browser(tally, name, args, options);
    await run(
      'browser tests, the rest',
      '--project=app',
      '--grep',
      '@long',
      '--grep-invert',
      '@timed',
    );
    const one = ['--workers', '1'];
    await run('shipped app, the rest', '--project=shipped', '--grep', '@long', ...one);
    // Nothing else runs beside what bounds a time.
    await run('timed browser tests', '--project=app', '--grep', '@timed', ...one);
  },
};

const CRASH_PARTS = 6;
/** Each part takes every sixth step, from another one on. */
const crashes = Array.from({ length: CRASH_PARTS }, (_, part) =>
  inNode(`crash steps, part ${part + 1} of ${CRASH_PARTS}`, 300, ['tests/engine/crash'], {
    FINDLING_EVERY: String(CRASH_PARTS),
    FINDLING_OFFSET: String(part),
  }),
);

/** `seconds`: of each part. */
const inParts = (name, parts, seconds) =>
  Array.from({ length: parts }, (_, part) =>
    inBrowser(
      `faults: ${name}, part ${part + 1} of ${parts}`,
      seconds,
      ['--project=faults', `/${name}.spec`],
      { FINDLING_PART: `${part}/${parts}` },
    ),
  );

export const PIECES = [
  ...crashes,
  inNode('every seed', 300, ['tests/engine/seeds']),
  inNode('hostile texts of 100 KB', 120, ['tests/unit/markdown/growth.test.ts']),
  inNode('every flipped bit, large archives', 600, [
    'tests/unit/backup-flips.test.ts',
    'tests/unit/archive.test.ts',
  ]),
  inBrowser('variants', 300, ['--project=app', '--project=shipped', '--grep', '@long']),
  faults('gpu', 60),
  ...inParts('kills', 6, 250),
  faults('lifecycle', 120),
  faults('long-run', 900),
  faults('model-change', 120),
  faults('quota', 120),
  faults('runtime', 120),
  faults('startup', 120),
  ...inParts('moments', 8, 300),
  ...inParts('storage', 4, 250),
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
