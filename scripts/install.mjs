/** Makes node_modules match the lockfile, and does nothing (no network) when it does already. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const read = (path) => {
  try {
    return JSON.parse(readFileSync(new URL(path, `file://${ROOT}`), 'utf8'));
  } catch {
    return null;
  }
};

/** One line on what is wrong with this Node.js, or null. */
export function nodeProblem() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return null;
  return `Findling needs Node.js 20.19 or newer; this is ${process.versions.node}.`;
}

/** npm writes what it really installed into node_modules/.package-lock.json. */
function isInstalled() {
  const wanted = read('package-lock.json')?.packages;
  const found = read('node_modules/.package-lock.json')?.packages;
  if (!wanted || !found) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.optional || entry.devOptional || entry.peer) return true;
    return found[path]?.version === entry.version && found[path]?.name === entry.name;
  });
}

/** Installs what is missing; one line on what went wrong, or null. */
export function install() {
  if (isInstalled()) return null;
  console.log('Installing dependencies (npm ci) …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return status === 0 ? null : 'Installing dependencies failed: see above. Is there a network?';
}
