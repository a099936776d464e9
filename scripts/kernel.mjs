/**
 * Compiles kernel/search.ts and writes the bytes into a module of the worker, so that neither the
 * build nor `npm start` needs the compiler. `--check` compiles and only compares.
 * The compiler is a package of its own (kernel/package.json), installed here on demand.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from './files.mjs';
import { ROOT } from './install.mjs';

const SOURCE = join(ROOT, 'kernel/search.ts');
const OUT = join(ROOT, 'src/worker/search/kernel/kernel-bytes.ts');
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--use', 'abort='];

function compile() {
  const asc = join(ROOT, 'kernel/node_modules/assemblyscript/bin/asc.js');
  if (!existsSync(asc)) {
    const { status } = spawnSync('npm', ['ci'], {
      cwd: join(ROOT, 'kernel'),
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error('The compiler could not be installed: see above.');
  }
  const dir = mkdtempSync(join(tmpdir(), 'findling-kernel-'));
  try {
    const file = join(dir, 'kernel.wasm');
    const args = [asc, SOURCE, '-o', file, '--enable', 'simd', ...OPTIONS];
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
    if (status !== 0) throw new Error('The kernel does not compile: see above.');
    return readFileSync(file);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function moduleText(bytes) {
  const lines = bytes.toString('base64').match(/.{1,92}/g);
  return `/** Made by \`node scripts/kernel.mjs\` from kernel/search.ts: change that, and run it again. */

/** SHA-256 of that source, so that a test sees when this is stale. */
export const KERNEL_SOURCE_SHA256 =
  '${sha256(readFileSync(SOURCE))}';

/** The compiled kernel (${bytes.length} bytes), base64: part of the script, so that no other file need be fetched. */
export const KERNEL_BASE64 = \`
${lines.join('\n')}
\`;
`;
}

const text = moduleText(compile());
if (!process.argv.includes('--check')) writeFileSync(OUT, text);
else if (readFileSync(OUT, 'utf8') !== text) {
  console.error('The compiled kernel is stale: run `node scripts/kernel.mjs`.');
  process.exit(1);
}
