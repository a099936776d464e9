/**
 * `npm test`: every check there is, from a fresh clone. The last line is "N passed, N failed".
 * No dependency may be imported at the top: node_modules may not exist yet.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { install, nodeProblem, ROOT } from './install.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'findling-test-'));
const totals = { passed: 0, failed: 0 };
const failures = [];

function count(name, passed, failed) {
  totals.passed += passed;
  totals.failed += failed;
  if (failed > 0) failures.push(`${name}: ${failed}`);
  return failed === 0;
}

function finish() {
  rmSync(scratch, { recursive: true, force: true });
  if (failures.length > 0) console.log(`\nFailed: ${failures.join('; ')}`);
  // Without the exit code being set by process.exit, output to a pipe is flushed for certain.
  process.exitCode = totals.failed > 0 ? 1 : 0;
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
}

function sh(command, args, env = {}) {
  return spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  }).status;
}

const bin = (name, args, env) => sh(join('node_modules', '.bin', name), args, env);

/** A stage that counts as one check. */
function check(name, ...commands) {
  console.log(`\n── ${name}`);
  // All of them run: the second may have more to say.
  const good = commands.map((run) => run()).every((status) => status === 0);
  return count(name, good ? 1 : 0, good ? 0 : 1);
}

/** A stage of many tests: counted from its JSON report, and a failure when there is none. */
function suite(name, report, run, read) {
  console.log(`\n── ${name}`);
  const status = run();
  let passed = 0;
  let failed = 0;
  try {
    ({ passed, failed } = read(JSON.parse(readFileSync(report, 'utf8'))));
  } catch {
    console.log(`${name}: no report was written.`);
  }
  if (passed + failed === 0) console.log(`${name}: no test ran.`);
  const unexplained = failed === 0 && (status !== 0 || passed === 0) ? 1 : 0;
  count(name, passed, failed + unexplained);
}

function readVitest(report) {
  // A file that does not load fails without any test of its own.
  const broken = report.testResults.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length;
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken };
}

/** Times are bounded in real browsers, and machines are shared: once more before it is a failure. */
const RETRIES = 1;

const titlesOf = (suites, wanted) =>
  suites.flatMap(({ specs = [], suites: inner = [] }) => [
    ...specs
      .filter(({ tests }) => tests.some(wanted))
      .map(({ file, title }) => `${file}: ${title}`),
    ...titlesOf(inner, wanted),
  ]);

function readPlaywright({ stats, errors, suites }) {
  // Said plainly: a test that needs its second try again and again hides a race.
  for (const title of titlesOf(suites, ({ status }) => status === 'flaky')) {
    console.log(`passed at the second try only: ${title}`);
  }
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length };
}

/** Chromium from the distribution's packages, where that can be done without asking. */
function installChromium() {
  const isRoot = process.getuid?.() === 0;
  if (process.env.CHROMIUM_PATH || !isRoot || !existsSync('/usr/bin/apt-get')) return;
  console.log('Installing Chromium (apt-get) …');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const args = ['install', '-y', '-q', '--no-install-recommends', 'chromium'];
  if (sh('apt-get', args, env) !== 0) {
    sh('apt-get', ['update', '-q'], env);
    sh('apt-get', args, env);
  }
}

function main() {
  const trouble = nodeProblem() ?? install();
  if (trouble) {
    console.error(trouble);
    count('installation', 0, 1);
    return;
  }
  if (!findChromium()) installChromium();

  check('lint', () => bin('biome', ['check', '.']));
  check('import directions', () =>
    bin('depcruise', ['--config', '.dependency-cruiser.cjs', 'src']),
  );
  check(
    'types',
    ...['tsconfig.json', 'tsconfig.worker.json', 'tsconfig.node.json'].map(
      (project) => () => bin('tsc', ['-p', project]),
    ),
  );
  // Before the unit tests, some of which read the model.
  const built = check(
    'build',
    () => sh(process.execPath, ['scripts/build.mjs']),
    // The same app with the fault port, for tests/faults.
    () => sh(process.execPath, ['scripts/build.mjs', '--mode', 'test', '--out', 'dist-test']),
  );
  check('what is shipped', () => sh(process.execPath, ['scripts/check-dist.mjs']));

  const unit = join(scratch, 'unit.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${unit}`];
  suite('unit tests', unit, () => bin('vitest', ['run', ...reporters]), readVitest);

  const inBrowser = (name, args, env = {}) => {
    const report = join(scratch, `${name}.json`);
    const run = () => {
      if (!built) {
        console.log('Not run: the build failed.');
        return 1;
      }
      if (!findChromium()) {
        console.log('Not run: no Chromium. Install it, or set CHROMIUM_PATH to one.');
        return 1;
      }
      return bin('playwright', ['test', `--retries=${RETRIES}`, ...args, '--reporter=list,json'], {
        CI: '1',
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
        ...env,
      });
    };
    suite(`${name} tests`, report, run, readPlaywright);
  };
  inBrowser('browser', []);
  inBrowser('fault', ['--config', 'playwright.faults.config.ts']);
  inBrowser('soak', ['--config', 'playwright.soak.config.ts', '--retries=0'], {
    SOAK_MINUTES: '2',
    // The same each time, so that a failure is the change's doing; `npm run soak` draws new ones.
    SOAK_SEED: process.env.SOAK_SEED ?? '4242',
  });
}

process.chdir(ROOT);
try {
  main();
} catch (error) {
  console.error(error);
  count('npm test itself', 0, 1);
}
finish();
