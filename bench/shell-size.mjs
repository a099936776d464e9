/** How much JavaScript does the first screen load, gzipped? */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { withPage } from './browser.mjs';
import { kilobytes, sum } from './stats.mjs';

const STATIC_IMPORT =
  /(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w$*{}\s,]*?from\s*)?["'](\.[^"']+)["']/g;

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

/** What the browser really fetches until the first screen stands, lazy parts of it included. */
const firstScreen = ({ browser, app }) =>
  withPage(browser, app, async (page) => {
    await page.getByRole('button', { name: 'New note' }).first().waitFor();
    await page.waitForLoadState('load');
    const scripts = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter(({ initiatorType }) => initiatorType === 'script' || initiatorType === 'other')
        .map(({ name }) => new URL(name).pathname.slice(1))
        .filter((path) => path.endsWith('.js') && !/(^|\/)(sw|entry-[^/]*)\.js$/.test(path)),
    );
    return [...new Set(scripts)];
  });

export async function shellSize(bench) {
  const size = (file) => gzipSync(readFileSync(join(bench.dist, file))).length;
  const files = shellFiles(bench.dist);
  const bytes = sum(files.map(size));
  const fetched = await firstScreen(bench);
  return [
    {
      what: `JavaScript of the shell, gzipped (${files.length} files)`,
      value: kilobytes(bytes),
      measured: bytes / 1024,
      goal: { most: 70, unit: 'KB' },
    },
    {
      what: `all JavaScript fetched for the first screen, lazy parts too (${fetched.length} files)`,
      value: kilobytes(sum(fetched.map(size))),
    },
  ];
}
