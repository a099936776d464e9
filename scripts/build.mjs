/**
 * Builds the app into dist/: model, runtime files, page and engine worker, then the service worker
 * with the list of all of them. Does nothing when no input changed. `--mode test` adds the fault
 * port, and puts a small stand-in in the place of the model's weights.
 * Any other mode is a language: `--mode de` takes the words of each `words.de.ts`.
 * Options: --force, --mode NAME, --out DIR.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { filesBelow, hashOf, sha256 } from './files.mjs';
import { caddyFile, headersFile, nginxFile } from './headers.mjs';
import { ROOT } from './install.mjs';
import { bundledPackages, licences, licencesFile } from './licences.mjs';
import { indexModels } from './model/index.mjs';
import { standIn } from './model/tiny/stand-in.mjs';
import { copyOrt } from './ort.mjs';

const INPUTS = [
  'src',
  'public',
  'index.html',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'tsconfig.worker.json',
  'vite.config.ts',
  ...['build', 'files', 'headers', 'language', 'licences', 'model/index', 'ort', 'pseudo'].map(
    (name) => `scripts/${name}.mjs`,
  ),
  'scripts/licences',
  'scripts/model/tiny',
];
/** Caches keep the shell whole, so it must stay small. */
const SHELL_LIMIT = 6 * 1024 * 1024;
/** Of no use offline: what hosts and app stores read. */
const NOT_KEPT = /^(?:sw\.js|_headers|nginx-headers\.conf|Caddyfile\.headers|screenshots\/.*)$/;

const { values: options } = parseArgs({
  options: {
    force: { type: 'boolean', default: false },
    mode: { type: 'string', default: 'production' },
    out: { type: 'string', default: 'dist' },
  },
});
const out = resolve(ROOT, options.out);
const stamp = join(out, '.inputs');

function buildModel() {
  const script = join(ROOT, 'scripts/model/build.mjs');
  if (!existsSync(script)) return;
  const { status } = spawnSync(process.execPath, [script], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error('The model could not be built: see above.');
}

/** Refuses a bundle with code in it whose licence would not be told. */
function writeLicences(bundled) {
  const listed = new Set(licences().map(({ name }) => name));
  const unlisted = [...bundled].filter((name) => !listed.has(name));
  if (unlisted.length > 0) {
    throw new Error(`Bundled, but no production dependency: ${unlisted.join(', ')}`);
  }
  writeFileSync(join(out, 'licences.json'), licencesFile());
}

/** What the service worker must know of the built files; refuses what must not be among them. */
function listFiles() {
  const shell = {};
  const big = {};
  let shellSize = 0;
  for (const file of filesBelow(out)) {
    const bytes = readFileSync(join(out, file));
    if (/^assets\/.*\.(wasm|onnx|map)$/.test(file)) throw new Error(`Unexpected in dist: ${file}`);
    // Models beside the built-in one are kept by the page, and may come and go without a build.
    if (/^models\/(?!use-lite\/|ATTRIBUTION\.md$)/.test(file)) continue;
    if (/^(models|ort)\//.test(file)) {
      big[file] = { sha256: sha256(bytes), size: bytes.length };
    } else if (!NOT_KEPT.test(file)) {
      shell[file] = `sha256-${sha256(bytes, 'base64')}`;
      shellSize += bytes.length;
    }
  }
  if (shellSize > SHELL_LIMIT) {
    throw new Error(`The app shell is too big to keep whole: ${shellSize} bytes.`);
  }
  return { shell, big };
}

async function main() {
  process.chdir(ROOT);
  buildModel();
  copyOrt();
  indexModels();
  const inputs = hashOf(ROOT, INPUTS, options.mode);
  const upToDate = existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs;
  if (upToDate && !options.force) {
    console.log(`${options.out}/ is up to date`);
    return;
  }
  // First of all, so that a build that breaks off is never taken for a whole one.
  rmSync(stamp, { force: true });

  const { build } = await import('vite');
  const id = inputs.slice(0, 12);
  const define = { __BUILD__: JSON.stringify(id) };
  const bundled = bundledPackages();
  await build({
    root: ROOT,
    mode: options.mode,
    define,
    logLevel: 'warn',
    plugins: [bundled.plugin],
    worker: { plugins: () => [bundled.plugin] },
    build: { outDir: out, emptyOutDir: true },
  });
  writeLicences(bundled.names);
  writeFileSync(join(out, '_headers'), headersFile());
  writeFileSync(join(out, 'nginx-headers.conf'), nginxFile());
  writeFileSync(join(out, 'Caddyfile.headers'), caddyFile());

  if (options.mode === 'test') standIn(out);
  const { shell, big } = listFiles();
  await build({
    configFile: false,
    root: ROOT,
    mode: options.mode,
    publicDir: false,
    logLevel: 'warn',
    define: {
      ...define,
      __SHELL_FILES__: JSON.stringify(shell),
      __BIG_FILES__: JSON.stringify(big),
    },
    build: {
      outDir: out,
      emptyOutDir: false,
      target: 'es2022',
      // One classic script: a service worker's imports would be fetched, and fail, on their own.
      lib: { entry: 'src/sw.ts', formats: ['iife'], name: 'findling', fileName: () => 'sw.js' },
    },
  });
  writeFileSync(stamp, inputs);
  console.log(`Built ${options.out}/ (${id}): ${Object.keys(shell).length} files in the shell`);
}

main().catch((error) => {
  console.error(`Build failed: ${error.message}`);
  process.exit(1);
});
