/**
 * Screenshots of the running app, driven as a person would: `npm run shots -- [FOLDER] [QUERY]`.
 * FOLDER: Markdown to import (else a few notes of its own). Writes shots/*.png; with --readme also
 * docs/search.png; with --manifest those of the manifest, of the sample notes, and nothing else.
 * Needs a built dist/ and a Chromium.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from './chromium.mjs';
import { serve } from './serve.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    readme: { type: 'boolean', default: false },
    manifest: { type: 'boolean', default: false },
  },
});

const SAMPLE = {
  'kitchen/sourdough.md':
    '# Sourdough\n\nFeed the starter with rye flour and water, twice a day.\n',
  'garden/tomatoes.md': '# Growing tomatoes\n\nWater at the roots. Pinch out the side shoots.\n',
  'house/boiler.md':
    '# Boiler\n\nWhen the radiators stay cold, bleed them and top up the system.\n',
};

function sampleFolder() {
  const dir = mkdtempSync(join(tmpdir(), 'findling-shots-'));
  for (const [path, text] of Object.entries(SAMPLE)) {
    mkdirSync(join(dir, path, '..'), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

const [folder, query = 'no heat coming from the heaters'] = positionals;
const sample = folder ? { dir: folder, remove() {} } : sampleFolder();
mkdirSync('shots', { recursive: true });
const server = await serve({ dir: 'dist', port: 0 });
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });

const SIZES = { wide: { width: 1200, height: 780 }, phone: { width: 390, height: 844 } };

/** One journey: empty, importing, indexing, list, note, search, every page. */
async function journey(colorScheme, size) {
  const context = await browser.newContext({
    viewport: SIZES[size],
    colorScheme,
    deviceScaleFactor: values.readme ? 2 : 1,
  });
  const page = await context.newPage();
  const shot = (name) => page.screenshot({ path: `shots/${name}-${colorScheme}-${size}.png` });
  const go = (name) =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
  await page.goto(server.url);
  await page.getByRole('button', { name: 'New note' }).first().waitFor();
  await shot('01-first-visit');
  await go('Import');
  await page.getByLabel('Import folder').setInputFiles(sample.dir);
  await page.getByRole('status', { name: 'Import result' }).waitFor();
  await shot('02-import');
  await page.waitForTimeout(1500);
  await go('Notes');
  await shot('03-notes');
  await page
    .getByRole('status', { name: 'Index status' })
    .filter({ hasText: 'Up to date' })
    .waitFor({ timeout: 300_000 });
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search your notes' }).fill(query);
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await page.waitForTimeout(800);
  await shot('04-search');
  if (values.readme && colorScheme === 'light' && size === 'wide') {
    await page.screenshot({ path: 'docs/search.png' });
  }
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Note' }).waitFor();
  await page.waitForTimeout(800);
  await shot('05-note');
  for (const [i, name] of ['Map', 'Health', 'Settings'].entries()) {
    await go(name);
    await page.waitForTimeout(1200);
    await shot(`0${6 + i}-${name.toLowerCase()}`);
  }
  await context.close();
}

/** What app stores and the browser's install dialog show. */
async function forManifest(name, viewport, deviceScaleFactor, show) {
  const context = await browser.newContext({ viewport, deviceScaleFactor, colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Add sample notes' }).click();
  await page.getByRole('list', { name: 'All notes' }).waitFor();
  // The index begins a moment after the notes are there.
  await page.waitForTimeout(2_000);
  await page
    .getByRole('status', { name: 'Index status' })
    .filter({ hasText: 'Up to date' })
    .waitFor();
  await show(page);
  await page.waitForTimeout(800);
  await page.screenshot({ path: `public/screenshots/${name}.png` });
  await context.close();
}

try {
  if (values.manifest) {
    mkdirSync('public/screenshots', { recursive: true });
    await forManifest('wide', { width: 1280, height: 800 }, 1, async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Search your notes' }).fill(query);
      await page.getByRole('listbox').getByRole('option').first().waitFor();
    });
    await forManifest('narrow', { width: 390, height: 844 }, 2, () => Promise.resolve());
  } else if (values.readme) await journey('light', 'wide');
  else {
    for (const scheme of ['light', 'dark']) {
      for (const size of Object.keys(SIZES)) await journey(scheme, size);
    }
  }
} finally {
  await browser.close();
  await server.close();
  sample.remove();
}
