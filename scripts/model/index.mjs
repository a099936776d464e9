/**
 * Writes `index.json` for the model folders beside the built-in one, so that the app lists them.
 * `npm run model:index [FOLDER]`: public/models by default; dist/models for what is built already.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesBelow, sha256 } from '../files.mjs';

const ROOT = resolve(import.meta.dirname, '..', '..');
const BUILT_IN = 'use-lite';

/** @returns {string[]} the names of what is listed */
export function indexModels(folder = join(ROOT, 'public', 'models')) {
  const models = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== BUILT_IN)
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const files = filesBelow(join(folder, name)).map((path) => {
        const bytes = readFileSync(join(folder, name, path));
        return { path, bytes: bytes.length, sha256: sha256(bytes) };
      });
      return { id: name, folder: name, name, bytes: files.reduce((n, f) => n + f.bytes, 0), files };
    });
  const text = `${JSON.stringify({ models }, null, 2)}\n`;
  const target = join(folder, 'index.json');
  writeFileSync(target, text);
  return models.map(({ name }) => name);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = indexModels(process.argv[2] && resolve(process.argv[2]));
  console.log(
    names.length > 0 ? `Listed: ${names.join(', ')}` : 'No models beside the built-in one.',
  );
}
