/**
 * The licences of all that the app ships: its production dependencies, the runtime among them, and
 * the embedded model. The build writes them to `licences.json`; `npm run licences` lists them.
 * A licence that is missing ends either.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './install.mjs';

/** Texts of packages that come without one, as their repositories have them. */
const TEXTS = 'scripts/licences';
/** Stands in for what is never loaded in a browser (package.json, "overrides"). */
const EMPTY = 'empty-npm-package';
/** Nothing but types: there is no code of theirs to ship. */
const TYPES = /^(?:@types\/.*|undici-types)$/;
const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)/i;

const read = (path) => readFileSync(join(ROOT, path), 'utf8').trimEnd();
const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

function textOf(name, path) {
  const files = readdirSync(join(ROOT, path)).filter((file) => LICENCE_FILE.test(file));
  if (files.length > 0) return files.map((file) => read(`${path}/${file}`)).join('\n\n');
  const kept = `${TEXTS}/${name.replace('/', '+')}.txt`;
  return existsSync(join(ROOT, kept)) ? read(kept) : '';
}

/**
 * @returns {{ name: string, version: string, licence: string, text: string }[]} sorted by name
 * @throws naming every package whose licence, or its text, is missing
 */
export function licences() {
  const { packages } = JSON.parse(read('package-lock.json'));
  const found = Object.entries(packages)
    // `devOptional`: of tools, and named by a dependency as something it can do without. Should it
    // be bundled all the same, the build says so.
    .filter(([path, { dev, devOptional, name }]) => path && !dev && !devOptional && name !== EMPTY)
    .filter(([path]) => !TYPES.test(nameOf(path)))
    .map(([path, { version }]) => {
      const { license } = JSON.parse(read(`${path}/package.json`));
      const name = nameOf(path);
      return { name, version, licence: license ?? '', text: textOf(name, path) };
    });
  const attribution = read('public/models/ATTRIBUTION.md');
  found.push({
    name: 'Universal Sentence Encoder Lite',
    version: '1',
    licence: /\bApache License 2\.0\b/.test(attribution) ? 'Apache-2.0' : '',
    text: `${attribution}\n\n${read('public/models/use-lite/LICENSE')}`,
  });
  const bad = found.filter(({ licence, text }) => !licence || !text).map(({ name }) => name);
  if (bad.length > 0) {
    throw new Error(`No licence, or no text of it: ${bad.join(', ')}. See scripts/licences.mjs.`);
  }
  const once = new Map(found.map((one) => [`${one.name}@${one.version}`, one]));
  return [...once.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** As the app reads it: each text once. */
export function licencesFile() {
  const all = licences();
  const texts = [...new Set(all.map(({ text }) => text))];
  const packages = all.map(({ text, ...one }) => ({ ...one, text: texts.indexOf(text) }));
  return `${JSON.stringify({ packages, texts })}\n`;
}

/** Collects, as a plugin of the bundler, whose code really is in the bundle. */
export function bundledPackages() {
  const names = new Set();
  const plugin = {
    name: 'bundled-packages',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        for (const id of Object.keys(chunk.modules ?? {})) {
          const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id) ?? [];
          if (name) names.add(name);
        }
      }
    },
  };
  return { plugin, names };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    for (const { name, version, licence } of licences()) {
      console.log(`${name} ${version}: ${licence}`);
    }
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
