/**
 * What is shipped, as it was built: the first screen's JavaScript is small, there is no source map
 * and no code of tests in it. Run by `npm test` after the build; exits with 1 and says why.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { filesBelow } from './files.mjs';
import { ROOT } from './install.mjs';

/** Of the first screen's JavaScript, gzipped: the editor, the map and the chart come on demand. */
export const FIRST_SCREEN_LIMIT = 70 * 1024;

const STATIC_IMPORT =
  /(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w$*{}\s,]*?from\s*)?["'](\.[^"']+)["']/g;

/** What only a test build holds: the fault port's channel, and the app's inside, within reach. */
const OF_TESTS = ['findling-faults', 'faultsForNextWorker', 'globalThis,{findling:'];

/** The page's module scripts and what they import statically, relative to `dist`. */
export function shellFiles(dist) {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const waiting = [...html.matchAll(/<(?:script|link)\b[^>]*>/g)].flatMap(([tag]) => {
    const script = /^<script/.test(tag) || /rel="modulepreload"/.test(tag);
    const address = /\b(?:src|href)="([^"]+)"/.exec(tag)?.[1];
    return script && address ? [address.replace(/^\.?\//, '')] : [];
  });
  const found = new Set();
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (found.has(file)) continue;
    found.add(file);
    const code = readFileSync(join(dist, file), 'utf8');
    for (const [, path] of code.matchAll(STATIC_IMPORT)) waiting.push(join(dirname(file), path));
  }
  return [...found];
}

/** Gzipped bytes of these files, each by itself. */
export const gzipped = (dist, files) =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0);

const scripts = (dist) => filesBelow(dist).filter((file) => /\.(?:m?js|css)$/.test(file));
const contains = (dist, words) => (file) =>
  words.some((word) => readFileSync(join(dist, file), 'utf8').includes(word));

/** @returns {string[]} one sentence for each thing that must not be shipped so */
export function problems(dist) {
  const found = [];
  const files = shellFiles(dist);
  const bytes = gzipped(dist, files);
  if (files.length === 0) found.push('index.html loads no script');
  if (bytes > FIRST_SCREEN_LIMIT) {
    found.push(`The first screen loads ${bytes} bytes of JavaScript, of ${FIRST_SCREEN_LIMIT}`);
  }
  for (const file of filesBelow(dist).filter((name) => name.endsWith('.map'))) {
    found.push(`A source map: ${file}`);
  }
  for (const file of scripts(dist).filter(contains(dist, ['sourceMappingURL=']))) {
    found.push(`Names a source map: ${file}`);
  }
  for (const file of scripts(dist).filter(contains(dist, OF_TESTS))) {
    found.push(`Code of tests: ${file}`);
  }
  return found;
}

/** Signs of test code that are not in the test build either: they would find nothing any more. */
export const blindSigns = (testDist) =>
  OF_TESTS.filter((word) => !scripts(testDist).some(contains(testDist, [word])));

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const dist = join(ROOT, 'dist');
  const wrong = [
    ...problems(dist),
    ...blindSigns(join(ROOT, 'dist-test')).map((word) => `No longer a sign of tests: ${word}`),
  ];
  for (const line of wrong) console.error(line);
  if (wrong.length > 0) process.exit(1);
  const kilobytes = (gzipped(dist, shellFiles(dist)) / 1024).toFixed(1);
  console.log(`First screen: ${kilobytes} KB of JavaScript, gzipped`);
}
