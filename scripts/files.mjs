/** Walking and hashing files, for the build. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every file at or below `path`, relative to `root`, with forward slashes, sorted; no dot files. */
export function filesBelow(root, path = '') {
  const info = statSync(join(root, path), { throwIfNoEntry: false });
  if (!info) return [];
  if (info.isFile()) return [path];
  return readdirSync(join(root, path))
    .filter((name) => !name.startsWith('.'))
    .sort()
    .flatMap((name) => filesBelow(root, path === '' ? name : `${path}/${name}`));
}

export const sha256 = (bytes, encoding = 'hex') =>
  createHash('sha256').update(bytes).digest(encoding);

/** One hash of the names and contents of all files at or below the given paths. */
export function hashOf(root, paths, salt = '') {
  const hash = createHash('sha256').update(salt);
  for (const file of paths.flatMap((path) => filesBelow(root, path))) {
    hash.update(`\0${file}\0${sha256(readFileSync(join(root, file)))}`);
  }
  return hash.digest('hex');
}
