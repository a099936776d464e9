/** `npm run soak -- --minutes N --seed S`: builds the test build if needed, then soaks it. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './install.mjs';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } },
});
const minutes = Number(values.minutes);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
if (!(minutes > 0) || !Number.isInteger(seed) || seed < 0) {
  console.error('Usage: npm run soak -- [--minutes N] [--seed S], N above 0, S a whole number');
  process.exit(2);
}

function run(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, SOAK_MINUTES: String(minutes), SOAK_SEED: String(seed) },
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

console.log(`Soaking for ${minutes} minutes, seed ${seed}`);
run(process.execPath, ['scripts/build.mjs', '--mode', 'test', '--out', 'dist-test']);
run(join('node_modules', '.bin', 'playwright'), ['test', '--project', 'soak']);
