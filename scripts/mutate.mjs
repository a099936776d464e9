/** `npm run mutate -- FOLDER`: mutation testing of one folder, as stryker.config.mjs says. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './install.mjs';

const [folder, ...more] = process.argv.slice(2);
if (!folder || !existsSync(join(ROOT, folder))) {
  console.error('Name a folder that is there: npm run mutate -- src/storage/notes');
  process.exitCode = 2;
} else {
  const { status } = spawnSync(join('node_modules', '.bin', 'stryker'), ['run', ...more], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, FINDLING_MUTATE: folder.replace(/\/+$/, '') },
  });
  process.exitCode = status ?? 1;
}
