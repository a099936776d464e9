/** Screenshots that are committed: of the README, and of the manifest (app stores, install dialogs). */
import { mkdirSync, writeFileSync } from 'node:fs';
import { addSamples, openNote, search, settle, showMap, upToDate } from './drive.mjs';

const QUERY = 'why are the radiators cold';
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

async function withSamples(browser, url, viewport, deviceScaleFactor, show) {
  const context = await browser.newContext({ viewport, deviceScaleFactor, colorScheme: 'light' });
  const page = await context.newPage();
  await addSamples(page, url);
  await upToDate(page);
  await show(page);
  await context.close();
}

/** WebP, which Playwright itself does not write: sharp on dense screens, and small. */
async function webp(page, path) {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  writeFileSync(path, Buffer.from(data, 'base64'));
}

export async function forReadme(browser, url) {
  const folder = 'docs/screenshots';
  mkdirSync(folder, { recursive: true });
  await withSamples(browser, url, WIDE, 1.5, async (page) => {
    await search(page, QUERY);
    await webp(page, `${folder}/search.webp`);
    await openNote(page, 'Weekend loaf');
    await page.getByRole('list', { name: 'Related notes' }).waitFor();
    await settle(page);
    await webp(page, `${folder}/note.webp`);
    await showMap(page);
    await webp(page, `${folder}/map.webp`);
  });
  await withSamples(browser, url, PHONE, 1.5, async (page) => {
    await search(page, QUERY);
    await webp(page, `${folder}/phone.webp`);
  });
}

export async function forManifest(browser, url) {
  const folder = 'public/screenshots';
  mkdirSync(folder, { recursive: true });
  await withSamples(browser, url, WIDE, 1, async (page) => {
    await search(page, QUERY);
    await page.screenshot({ path: `${folder}/wide.png` });
  });
  await withSamples(browser, url, PHONE, 2, async (page) => {
    await settle(page);
    await page.screenshot({ path: `${folder}/narrow.png` });
  });
}
