/** A real Chromium, the built app, driven as a person would: by roles and names only. */
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '../scripts/chromium.mjs';
import { folderOf } from './corpus.mjs';
import { instrument } from './instrument.mjs';

const LONG = 240_000;

export const launch = () =>
  chromium.launch({ executablePath: findChromium() ?? undefined, args: CHROMIUM_ARGS });

/** A page of a fresh profile, instrumented; `use` gets it, and the profile goes afterwards. */
export async function withPage(browser, url, use) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await page.addInitScript(instrument);
    await page.goto(url);
    return await use(page);
  } finally {
    await context.close();
  }
}

export const go = (page, name) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();

export const upToDate = (page, timeout = LONG) =>
  page
    .getByRole('status', { name: 'Index status' })
    .filter({ hasText: /^Up to date$/ })
    .waitFor({ timeout });

/** Waits until nothing is pending any more and the worker has said so, `from` a page time. */
export const settled = (page, from, timeout = LONG) =>
  page.waitForFunction(
    (since) => {
      const { ended } = probe.run(since);
      return ended !== undefined && probe.lastState() === 'idle';
    },
    from,
    { timeout, polling: 200 },
  );

export const pageTime = (page) => page.evaluate(() => performance.now());

/** Imports notes as a folder; resolves with the page time at which they were picked. */
export async function importNotes(page, notes, { wait = true } = {}) {
  const { dir, remove } = folderOf(notes);
  try {
    await go(page, 'Import');
    const input = page.getByLabel('Import folder');
    await input.waitFor({ state: 'attached' });
    const picked = await pageTime(page);
    await input.setInputFiles(dir);
    const done = page
      .getByRole('status', { name: 'Import result' })
      .filter({ hasText: `Imported ${notes.length} notes, skipped 0` })
      .waitFor({ timeout: LONG });
    if (wait) await done.finally(remove);
    return { picked, done: done.finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The Health page's numbers, by their names. */
export async function health(page) {
  await go(page, 'Health');
  await page.locator('dl dd[data-value]').first().waitFor();
  const pairs = await page
    .locator('dl dt')
    .evaluateAll((all) =>
      all.map((dt) => [dt.textContent.trim(), dt.nextElementSibling?.dataset.value ?? '']),
    );
  return Object.fromEntries(pairs);
}

/** Opens the search dialog; the query's box has the focus. */
export async function openSearch(page) {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search your notes' }).waitFor();
}

/** Opens the note whose title begins so, through search. */
export async function openNote(page, title) {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search your notes' }).fill(title);
  await page
    .getByRole('option', { name: new RegExp(`^${title}`) })
    .first()
    .click();
  await page.getByRole('textbox', { name: 'Note' }).waitFor();
}

/** The text in the editor, by the editor's own way from an element to it. */
export const noteText = (page) =>
  page
    .getByRole('textbox', { name: 'Note' })
    .evaluate(({ cmTile }) => String(cmTile.root.view.state.doc));
