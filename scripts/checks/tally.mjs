/**
 * Counts of checks and tests, and the commands that run them. No dependency is imported here:
 * node_modules may not exist yet.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';

/** Tests that are named at the end, so that a slow one is seen when it comes. */
const NAMED = 15;

const signs = (status) => (status === 0 ? 'passed' : 'FAILED');

/**
 * Runs a command in the project's folder.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, quiet?: boolean }} options
 *   quiet: prints all of its output when it ends, for commands that run beside others
 * @returns {Promise<number>} its exit status
 */
export function run(command, args, { env = {}, quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    });
    const said = [];
    child.stdout?.on('data', (piece) => said.push(piece));
    child.stderr?.on('data', (piece) => said.push(piece));
    const over = (status) => {
      if (said.length > 0) process.stdout.write(Buffer.concat(said));
      resolve(status);
    };
    child.on('error', (error) => {
      said.push(Buffer.from(`${error.message}\n`));
      over(1);
    });
    child.on('close', (status) => over(status ?? 1));
  });
}

/** Runs a program of node_modules. */
export const bin = (name, args, options) => run(join('node_modules', '.bin', name), args, options);

/** What was counted in one run of `npm run check`, `npm test` or `npm run test:long`. */
export class Tally {
  #passed = 0;
  #failed = 0;
  #failures = [];
  /** [seconds, name] of single tests. */
  #times = [];
  #scratch = mkdtempSync(join(tmpdir(), 'findling-test-'));
  #reports = 0;

  count(name, passed, failed) {
    this.#passed += passed;
    this.#failed += failed;
    if (failed > 0) this.#failures.push(`${name}: ${failed}`);
    return failed === 0;
  }

  /** A stage that counts as one check. */
  async check(name, start) {
    const began = Date.now();
    const status = await start();
    const seconds = ((Date.now() - began) / 1_000).toFixed(0);
    console.log(`── ${name}: ${signs(status)} (${seconds} s)`);
    return this.count(name, status === 0 ? 1 : 0, status === 0 ? 0 : 1);
  }

  /**
   * A stage of many tests, counted from its JSON report: a failure where there is none.
   * @param {string} name
   * @param {(report: string) => Promise<number>} start writes the report to that path
   * @param {(report: object) => { passed: number, failed: number, skipped?: number,
   *   times: [number, string][] }} read
   */
  async suite(name, start, read) {
    console.log(`\n── ${name}`);
    const began = Date.now();
    const report = join(this.#scratch, `${++this.#reports}.json`);
    const status = await start(report);
    let passed = 0;
    let failed = 0;
    let skipped = 0;
    try {
      const found = read(JSON.parse(readFileSync(report, 'utf8')));
      ({ passed, failed, skipped = 0 } = found);
      this.#times.push(...found.times);
    } catch {
      console.log(`${name}: no report was written.`);
    }
    // What the machine lacks is skipped, a graphics processor for one: all of a file may be.
    const none = passed + failed + skipped === 0;
    if (none) console.log(`${name}: no test ran.`);
    const unexplained = failed === 0 && (status !== 0 || none) ? 1 : 0;
    const seconds = ((Date.now() - began) / 1_000).toFixed(0);
    console.log(`── ${name}: ${passed} passed, ${failed + unexplained} failed (${seconds} s)`);
    return this.count(name, passed, failed + unexplained);
  }

  /** Prints the slowest tests and the sum, which is the last line. */
  finish() {
    rmSync(this.#scratch, { recursive: true, force: true });
    const slowest = this.#times.sort(([a], [b]) => b - a).slice(0, NAMED);
    if (slowest.length > 0) console.log('\nThe slowest tests, seconds:');
    for (const [seconds, name] of slowest)
      console.log(`${seconds.toFixed(1).padStart(7)}  ${name}`);
    if (this.#failures.length > 0) console.log(`\nFailed: ${this.#failures.join('; ')}`);
    // Without process.exit, output to a pipe is flushed for certain.
    process.exitCode = this.#failed > 0 ? 1 : 0;
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
  }
}

/** Runs the stages of `body`; whatever it throws is a failure, too. */
export async function tallied(body) {
  process.chdir(ROOT);
  const tally = new Tally();
  try {
    await body(tally);
  } catch (error) {
    console.error(error);
    tally.count('the checks themselves', 0, 1);
  }
  tally.finish();
}
