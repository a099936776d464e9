/**
 * Compiles kernel/search.ts and writes the bytes into a module of the worker, so that neither the
 * build nor `npm start` needs the compiler. `--check` compiles and only compares.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from './assemblyscript.mjs';
import { sha256 } from './files.mjs';
import { ROOT } from './install.mjs';

const SOURCE = join(ROOT, 'kernel/search.ts');
const OUT = join(ROOT, 'src/worker/search/kernel/kernel-bytes.ts');

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

const text = moduleText(compile(SOURCE, ['--enable', 'simd', '--importMemory', '--use', 'abort=']));
if (!process.argv.includes('--check')) writeFileSync(OUT, text);
else if (readFileSync(OUT, 'utf8') !== text) {
  console.error('The compiled kernel is stale: run `node scripts/kernel.mjs`.');
  process.exit(1);
}
