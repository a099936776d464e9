/**
 * `npm run bench:search -- [--sizes 10000,100000] [--peers NAME,…] [--queries 100] [--limit 600]
 * [--json FILE]`: our vector search and what else there is for a browser, with the same seeded
 * vectors, in one Chromium, each in a page of its own. It informs: nothing fails it.
 * `--limit`: seconds a package and size may take; then its row says `did not finish`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, platform, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { CHROMIUM_ARGS, findChromium } from '../../scripts/chromium.mjs';
import { ROOT } from '../../scripts/install.mjs';
import { serve } from '../../scripts/serve.mjs';
import { percentile } from '../stats.mjs';
import { printRow, printSearchTable } from './table.mjs';

const HERE = join(ROOT, 'bench/search');
const K = 10;
/** Our own first; the file that knows each is in peers/. */
const PEERS = {
  findling: 'findling.ts',
  'float32-loop': 'float32-loop.mjs',
  'hnswlib-wasm': 'hnswlib-wasm.mjs',
  edgevec: 'edgevec.mjs',
  'voy-search': 'voy-search.mjs',
  'client-vector-search': 'client-vector-search.mjs',
  '@babycommando/entity-db': 'entity-db.mjs',
  '@orama/orama': 'orama.mjs',
  mememo: 'mememo.mjs',
};

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000' },
    peers: { type: 'string', default: Object.keys(PEERS).join() },
    queries: { type: 'string', default: '100' },
    limit: { type: 'string', default: '600' },
    json: { type: 'string' },
  },
});
const list = (text) => text.split(',').map((part) => part.trim());
const sizes = list(options.sizes).map(Number);
const names = list(options.peers);
const queries = Number(options.queries);
const limitMs = 1000 * Number(options.limit);
const unknown = names.filter((name) => !(name in PEERS));
if (unknown.length > 0 || ![...sizes, queries, limitMs].every((number) => number > 0)) {
  console.error(`Peers: ${Object.keys(PEERS).join(', ')}. Sizes, queries and limit are numbers.`);
  process.exit(1);
}

function installPeers() {
  if (existsSync(join(HERE, 'node_modules/.package-lock.json'))) return;
  console.error('Installing the other packages (npm ci in bench/search) …');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], {
    cwd: HERE,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('The other packages could not be installed: see above.');
}

const versionOf = (name) => {
  const file = join(HERE, 'node_modules', name, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : null;
};

class OutOfTime extends Error {}
/** A package that computes without end is left behind: its page is closed. */
function within(deadline, work) {
  let timer;
  const late = new Promise((_, reject) => {
    const left = Math.max(0, deadline - performance.now());
    timer = setTimeout(() => reject(new OutOfTime(`did not finish in ${limitMs / 1000} s`)), left);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** A page of a fresh profile; the packages may do what the product's policy forbids. */
async function withPage(url, use) {
  // What one package brought down must not end the others.
  if (!browser.isConnected()) browser = await launch();
  const context = await browser.newContext({ bypassCSP: true });
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(`  ${error.message.split('\n')[0]}`));
    await page.goto(url);
    await page.waitForFunction(() => globalThis.searchBench);
    return await use(page);
  } finally {
    // A page in an endless loop answers no question, this one neither.
    await Promise.race([context.close(), new Promise((done) => setTimeout(done, 5_000))]);
  }
}

function recall(found, truth) {
  let hits = 0;
  truth.forEach((ids, i) => {
    const known = new Set(ids);
    hits += found[i].filter((id) => known.has(id)).length;
  });
  return hits / truth.length / K;
}

async function measure(url, name, n, truth) {
  const row = { name, version: versionOf(name), n };
  const deadline = performance.now() + limitMs;
  try {
    await withPage(url, async (page) => {
      const step = async (...asked) => within(deadline, page.evaluate(...asked));
      const built = await step(([f, size]) => searchBench.build(f, size), [PEERS[name], n]);
      Object.assign(row, { buildMs: built.ms, bytes: built.bytes });
      const { found, ms } = await step(([q, k]) => searchBench.search(q, k), [queries, K]);
      row.p50 = percentile(ms, 0.5);
      row.p95 = percentile(ms, 0.95);
      row.recall10 = recall(found, truth);
      try {
        row.saveMs = await step(() => searchBench.save());
        const restored = row.saveMs === null ? null : await step((k) => searchBench.restore(k), K);
        row.restoreMs = restored?.ms ?? null;
        if (restored && !restored.same) row.note = 'answers differ after the restore';
      } catch (error) {
        row.note = `save or restore: ${firstLine(error)}`;
      }
      row.insert1000Ms = await step(() => searchBench.insert());
    });
  } catch (error) {
    row.note = firstLine(error);
  }
  return row;
}

const firstLine = (error) =>
  error.message
    .split('\n')[0]
    .replace(/^page\.evaluate: /, '')
    .slice(0, 120);

installPeers();
await build({ configFile: join(HERE, 'vite.config.mjs') });
const server = await serve({ dir: join(ROOT, 'dist-bench-search') });
const launch = () =>
  chromium.launch({
    executablePath: findChromium() ?? undefined,
    args: [...CHROMIUM_ARGS, '--js-flags=--expose-gc'],
  });
let browser = await launch();
const about = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus().length} x ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()}`,
  browser: `Chromium ${browser.version()}, headless`,
  queries,
  limitSeconds: limitMs / 1000,
  loadBefore: loadavg()[0].toFixed(1),
};
const rows = [];
const write = () => {
  if (!options.json) return;
  writeFileSync(resolve(options.json), `${JSON.stringify({ about, rows }, null, 2)}\n`);
};
try {
  for (const n of sizes) {
    console.error(`${n}: the exact answers …`);
    const truth = await withPage(server.url, (page) =>
      page.evaluate(([size, q, k]) => searchBench.truth(size, q, k), [n, queries, K]),
    );
    for (const name of names) {
      console.error(`${n}: ${name} …`);
      rows.push(await measure(server.url, name, n, truth));
      // Whatever ends the run, what it found until then is kept.
      write();
      printRow(rows.at(-1), rows, console.error);
    }
  }
} finally {
  await browser.close();
  await server.close();
}
about.loadAfter = loadavg()[0].toFixed(1);
printSearchTable(about, rows);
write();
process.exit(0);
