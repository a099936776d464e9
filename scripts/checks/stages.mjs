/** The stages that `npm run check`, `npm test` and `npm run test:long` are made of. */
import { existsSync } from 'node:fs';
import { findChromium } from '../chromium.mjs';
import { install, nodeProblem } from '../install.mjs';
import { readPlaywright, readVitest } from './reports.mjs';
import { bin, run } from './tally.mjs';

/** @returns {boolean} whether the packages are there */
export function installed(tally) {
  const trouble = nodeProblem() ?? install();
  if (!trouble) return true;
  console.error(trouble);
  tally.count('installation', 0, 1);
  return false;
}

/** Chromium from the distribution's packages, where that can be done without asking. */
export async function installChromium() {
  if (findChromium()) return;
  const isRoot = process.getuid?.() === 0;
  if (process.env.CHROMIUM_PATH || !isRoot || !existsSync('/usr/bin/apt-get')) return;
  console.log('Installing Chromium (apt-get) …');
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
  const install = (name) =>
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], options);
  if ((await install('chromium')) !== 0) {
    await run('apt-get', ['update', '-q'], options);
    await install('chromium');
  }
  // Most tests are quicker in it, and do without where there is none.
  await install('chromium-headless-shell');
}

const PROJECTS = ['tsconfig.json', 'tsconfig.worker.json', 'tsconfig.node.json'];

/** The checks that run no test; quiet, since they run beside the unit tests. */
export async function staticChecks(tally) {
  await tally.check('lint', () => bin('biome', ['check', '.'], { quiet: true }));
  await tally.check('import directions', () =>
    bin('depcruise', ['--config', '.dependency-cruiser.cjs', 'src'], { quiet: true }),
  );
  await tally.check('docstrings', () =>
    run(process.execPath, ['scripts/checks/docstrings.mjs'], { quiet: true }),
  );
  await tally.check('types', async () => {
    let worst = 0;
    // All of them run: the second may have more to say.
    for (const project of PROJECTS) {
      worst = Math.max(worst, await bin('tsc', ['-p', project], { quiet: true }));
    }
    return worst;
  });
}

/** The model's files, which some unit tests read. */
export const model = (tally) =>
  tally.check('model', () => run(process.execPath, ['scripts/model/build.mjs']));

/** The shipped build, and the one for tests. */
export async function builds(tally) {
  const built = await tally.check('build', () => run(process.execPath, ['scripts/build.mjs']));
  const forTests = await tally.check('build for tests', () =>
    run(process.execPath, ['scripts/build.mjs', '--mode', 'test', '--out', 'dist-test']),
  );
  await tally.check('what is shipped', () => run(process.execPath, ['scripts/check-dist.mjs']));
  return built && forTests;
}

/** Tests in Node: all, or those of the given files. */
export function vitest(tally, name, files, options = {}) {
  return tally.suite(
    name,
    (report) =>
      bin(
        'vitest',
        ['run', ...files, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`],
        options,
      ),
    readVitest,
  );
}

/** Tests in Chromium: `args` chooses them as for `playwright test`. */
export function browser(tally, name, args, options = {}) {
  const start = (report) => {
    if (!findChromium()) {
      console.log('Not run: no Chromium. Install it, or set CHROMIUM_PATH to one.');
      return 1;
    }
    const env = { CI: '1', PLAYWRIGHT_JSON_OUTPUT_FILE: report, ...options.env };
    const retries = `--retries=${process.env.TEST_RETRIES ?? 0}`;
    return bin('playwright', ['test', ...args, retries, '--reporter=list,json'], {
      ...options,
      env,
    });
  };
  return tally.suite(name, start, readPlaywright);
}
