/**
 * `npm run audit -- [--runs 3]`: Lighthouse looks at the built app's first visit, on a slowed-down
 * phone and on a desktop. Scores are medians; one below its goal fails the run. Not part of
 * `npm test`: performance is that of this machine, as busy as it is.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '../../scripts/chromium.mjs';
import { ROOT } from '../../scripts/install.mjs';
import { serve } from '../../scripts/serve.mjs';
import { median } from '../stats.mjs';

const HERE = join(ROOT, 'bench/audit');
const GOALS = { performance: 95, accessibility: 100, 'best-practices': 100 };
const FORMS = ['phone', 'desktop'];

const { values: options } = parseArgs({ options: { runs: { type: 'string', default: '3' } } });
const runs = Number(options.runs);
if (!Number.isInteger(runs) || runs < 1) {
  console.error('Usage: npm run audit -- [--runs N], N a whole number from 1 on');
  process.exit(2);
}

function run(command, args, cwd) {
  const shell = process.platform === 'win32';
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit', shell });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: see above.`);
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** Scores from 0 to 100, and what they were lowered by. */
async function audit(lighthouse, desktop, url, form) {
  // A browser of its own each time: nothing is kept from the run before.
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath: findChromium() ?? undefined,
    args: [...CHROMIUM_ARGS, `--remote-debugging-port=${port}`],
  });
  try {
    const flags = { port, logLevel: 'error', onlyCategories: Object.keys(GOALS) };
    const { lhr } = await lighthouse(url, flags, form === 'desktop' ? desktop : undefined);
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    const scores = Object.fromEntries(
      Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(100 * (score ?? 0))]),
    );
    const lowered = Object.values(lhr.categories).flatMap(({ id, auditRefs }) =>
      auditRefs
        .filter(({ weight, id: ref }) => weight > 0 && (lhr.audits[ref]?.score ?? 1) < 0.9)
        .map(
          ({ id: ref }) => `${id}: ${lhr.audits[ref].title} ${lhr.audits[ref].displayValue ?? ''}`,
        ),
    );
    return { scores, lowered };
  } finally {
    await browser.close();
  }
}

async function main() {
  if (!findChromium()) throw new Error('No Chromium. Install it, or set CHROMIUM_PATH to one.');
  run(process.execPath, ['scripts/build.mjs'], ROOT);
  if (!existsSync(join(HERE, 'node_modules/.package-lock.json'))) {
    console.log('Installing Lighthouse (npm ci in bench/audit) …');
    run('npm', ['ci', '--ignore-scripts'], HERE);
  }
  const { default: lighthouse, desktopConfig } = await import('lighthouse');
  const server = await serve({ dir: join(ROOT, 'dist'), port: 0 });
  let failed = false;
  try {
    for (const form of FORMS) {
      const results = [];
      for (let i = 0; i < runs; i++) {
        results.push(await audit(lighthouse, desktopConfig, server.url, form));
      }
      for (const [category, goal] of Object.entries(GOALS)) {
        const score = median(results.map(({ scores }) => scores[category]));
        failed ||= score < goal;
        console.log(
          `${form}, ${category}: ${score} (goal ${goal}${score < goal ? ', missed' : ''})`,
        );
      }
      for (const line of new Set(results.at(-1).lowered)) console.log(`  ${line.trim()}`);
    }
  } finally {
    await server.close();
  }
  const [load] = loadavg();
  console.log(`${cpus().length} cores, ${load.toFixed(1)} busy; medians of ${runs}`);
  process.exitCode = failed ? 1 : 0;
}

process.chdir(ROOT);
main().catch((error) => {
  console.error(`The audit could not be done: ${error.message}`);
  process.exit(1);
});
