/** The compiler of kernel/: a package of its own (kernel/package.json), installed on demand. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './install.mjs';

const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub'];

/** @returns the bytes of the module that a source becomes. @throws when it does not compile */
export function compile(source, options) {
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
    const file = join(dir, 'module.wasm');
    const args = [asc, source, '-o', file, ...OPTIONS, ...options];
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
    if (status !== 0) throw new Error(`${source} does not compile: see above.`);
    return readFileSync(file);
  } finally {
    rmSync(dir, { recursive: true });
  }
}
