/** Runs benches against the built app in a real Chromium, and prints one table. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../scripts/install.mjs';
import { serve } from '../scripts/serve.mjs';
import { launch } from './browser.mjs';
import { BENCH_DIST } from './page-bench.mjs';
import { printTable } from './table.mjs';

/**
 * `--only NAME,…`, `--quick`, `--json FILE` as the command line has them. A missed goal is no failure.
 * @param benches by name: each gets what it needs, and gives rows of the table
 */
export async function runBenches(benches) {
  const { values: options } = parseArgs({
    options: {
      only: { type: 'string' },
      json: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const wanted = options.only?.split(',').map((name) => name.trim()) ?? Object.keys(benches);
  const unknown = wanted.filter((name) => !(name in benches));
  if (unknown.length > 0) {
    console.error(
      `No such bench: ${unknown.join(', ')}. There are ${Object.keys(benches).join(', ')}`,
    );
    process.exit(1);
  }

  const built = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], {
    stdio: 'inherit',
  });
  if (built.status !== 0) process.exit(1);
  const dist = join(ROOT, 'dist');
  mkdirSync(BENCH_DIST, { recursive: true });
  const servers = [await serve({ dir: dist }), await serve({ dir: BENCH_DIST })];
  const browser = await launch();
  const load = () => loadavg()[0].toFixed(1);
  const about = {
    date: new Date().toISOString().slice(0, 10),
    machine: [
      `${cpus().length} x ${cpus()[0]?.model.trim() ?? arch()}`,
      `${Math.round(totalmem() / 2 ** 30)} GB`,
      platform(),
    ].join(', '),
    browser: `Chromium ${browser.version()}, headless`,
    node: process.versions.node,
    quick: options.quick,
    loadBefore: load(),
  };
  const bench = {
    browser,
    dist,
    app: servers[0].url,
    bare: servers[1].url,
    quick: options.quick,
    memo: {},
  };
  const results = [];
  const began = performance.now();
  try {
    for (const name of wanted) {
      process.stderr.write(`${name} …\n`);
      try {
        results.push({ name, rows: await benches[name](bench) });
      } catch (error) {
        results.push({ name, error: error instanceof Error ? error.message : String(error) });
      }
    }
  } finally {
    await browser.close();
    await Promise.all(servers.map(({ close }) => close()));
  }
  about.loadAfter = load();
  about.seconds = Math.round((performance.now() - began) / 1000);
  printTable(about, results);
  if (options.json) {
    writeFileSync(resolve(options.json), `${JSON.stringify({ about, results }, null, 2)}\n`);
  }
  // A bench that could not measure is worth a look; a missed goal is not a failure.
  if (results.some(({ error }) => error)) process.exitCode = 1;
}
