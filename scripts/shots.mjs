/**
 * Screenshots of the running app, driven as a person would: `npm run shots`.
 *   (nothing)     every screen, light and dark, wide and 390 px, into shots/
 *   --only WORDS  of these only the variants named: "light-wide dark-phone"
 *   --readme      the four of the README, into docs/screenshots/
 *   --manifest    those of the web app manifest, into public/screenshots/
 * Needs a built dist/ and a Chromium.
 */
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from './chromium.mjs';
import { serve } from './serve.mjs';
import { everyScreen } from './shots/every-screen.mjs';
import { forManifest, forReadme } from './shots/published.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    readme: { type: 'boolean', default: false },
    manifest: { type: 'boolean', default: false },
  },
});

const SIZES = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const VARIANTS = ['light', 'dark'].flatMap((scheme) =>
  Object.keys(SIZES).map((size) => ({ scheme, size, name: `${scheme}-${size}` })),
);

const server = await serve({ dir: 'dist', port: 0 });
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
try {
  if (values.manifest) await forManifest(browser, server.url);
  if (values.readme) await forReadme(browser, server.url);
  if (!values.manifest && !values.readme) {
    mkdirSync('shots', { recursive: true });
    const wanted = values.only?.split(/[\s,]+/);
    for (const { scheme, size, name } of VARIANTS) {
      if (wanted && !wanted.includes(name)) continue;
      const open = (options) =>
        browser.newContext({ viewport: SIZES[size], colorScheme: scheme, ...options });
      await everyScreen({ open, url: server.url, name });
    }
  }
} finally {
  await browser.close();
  await server.close();
}
