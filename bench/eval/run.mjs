/**
 * `npm run eval -- [--json FILE] [DIR…]`: ranks test collections with the app's own code and model,
 * and says how good the results are. A collection is a folder of docs.jsonl, queries.jsonl and
 * qrels.tsv; without one it is that of tests/fixtures/everyday. `--calibrate` (`npm run calibrate`)
 * writes the calibration of the model that comes with the app instead. `--as-large`: as a large library
 * is ranked, by the nearest hundredth of its passages and not by all of them.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { ROOT } from '../../scripts/install.mjs';
import { buildModel } from '../../scripts/model/build.mjs';

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'string' },
    calibrate: { type: 'boolean' },
    'as-large': { type: 'boolean' },
  },
  allowPositionals: true,
});
await buildModel({ log: () => {} });
// Node cannot read TypeScript by itself before version 22.
const outDir = join(ROOT, '.cache/eval-bundle');
await build({
  configFile: false,
  root: ROOT,
  publicDir: false,
  logLevel: 'error',
  build: {
    ssr: `bench/eval/${values.calibrate ? 'calibrate' : 'main'}.ts`,
    outDir,
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: { output: { entryFileNames: 'main.mjs' } },
  },
});
const { main } = await import(pathToFileURL(join(outDir, 'main.mjs')).href);
await main({ root: ROOT, dirs: positionals, json: values.json, asLarge: values['as-large'] });
