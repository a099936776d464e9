import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson } from './source-package.mjs';

const STAMP = '.inputs';

/** One hash over all that decides what comes out. Sizes stand for the 28 MB of weights. */
export async function inputHash(source, attributionPath) {
  const hash = createHash('sha256').update(`${source.name}@${source.version}\n`);
  for (const { name, bytes } of source.files) hash.update(`${name} ${bytes}\n`);
  const scripts = import.meta.dirname;
  for (const name of (await readdir(scripts)).filter((n) => n.endsWith('.mjs')).sort()) {
    hash.update(`${name}\n`).update(await readFile(join(scripts, name)));
  }
  return hash.update(await readFile(attributionPath)).digest('hex');
}

/** True where the folder was built from these inputs and every file still has its size. */
export async function isFresh(folder, hash) {
  try {
    const stamp = await readJson(join(folder, STAMP));
    const sizes = await Promise.all(stamp.files.map(({ path }) => stat(join(folder, path))));
    return stamp.hash === hash && stamp.files.every(({ bytes }, i) => sizes[i].size === bytes);
  } catch {
    return false;
  }
}

export function stampFile(hash, files) {
  const list = files.map(([path, bytes]) => ({ path, bytes: bytes.length }));
  return [STAMP, Buffer.from(JSON.stringify({ hash, files: list }))];
}
