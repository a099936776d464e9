/**
 * Mutation testing, one folder a run: `npm run mutate -- src/storage/notes` (docs/TESTING.md). What
 * an earlier run found is kept in .cache/mutate, so that only changed code and tests are run anew.
 */
const folder = process.env.FINDLING_MUTATE;
if (!folder) throw new Error('Name a folder: npm run mutate -- src/storage/notes');
const name = folder.replace(/^src\//, '').replaceAll('/', '-');

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutate.config.ts' },
  mutate: [`${folder}/**/*.ts`, '!**/kernel-bytes.ts', '!**/known-calibrations.ts'],
  // Each mutant meets only the tests that run through it.
  coverageAnalysis: 'perTest',
  // What a name or a message says is not what these tests are about. A mutant that runs only while
  // modules are loaded is a constant; with it, every test would have to run.
  mutator: { excludedMutations: ['StringLiteral'] },
  ignoreStatic: true,
  incremental: true,
  incrementalFile: `.cache/mutate/${name}.json`,
  tempDirName: '.cache/mutate/sandbox',
  ignorePatterns: ['bench', 'dist', 'dist-*', 'docs', 'public', 'shots', 'test-results'],
  concurrency: Number(process.env.FINDLING_MUTATE_AT_ONCE ?? 1),
  // Generous, for the machine may have other work: a mutant that times out counts as found.
  timeoutMS: 60_000,
  dryRunTimeoutMinutes: 30,
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
  clearTextReporter: { logTests: false, allowColor: false, skipFull: true },
  jsonReporter: { fileName: `.cache/mutate/${name}-report.json` },
  htmlReporter: { fileName: `.cache/mutate/${name}.html` },
};
