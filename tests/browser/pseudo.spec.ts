import type { Locator, Page } from '@playwright/test';
import { ACCENTED, PLAIN, pseudo } from '../../scripts/pseudo.mjs';
import { expect, test } from './harness.ts';
import { folderOf } from './support/app.ts';

// Dates come from the browser, and have no Latin letters there.
test.use({ locale: 'el-GR' });

const t = pseudo;
/** The same function for the page: the build for tests hands its words through it. */
const inPage = `(() => {
  const PLAIN = ${JSON.stringify(PLAIN)};
  const ACCENTED = ${JSON.stringify(ACCENTED)};
  globalThis.pseudo = ${pseudo.toString()};
})()`;

/** What the person wrote: no Latin letters in it either. */
const FILES = {
  'κουζίνα/ψωμί.md': '# Ψωμί\n\nΑλεύρι και νερό, δύο φορές την ημέρα. #προζύμι',
  'κήπος/ντομάτες.md': '# Ντομάτες\n\nΠότισμα νωρίς το πρωί. [[Ψωμί]]',
  'κήπος/αντίγραφο.md': '# Ντομάτες\n\nΠότισμα νωρίς το πρωί. [[Ψωμί]]!',
  'εικόνα.exe': 'x',
  'κενό.md': '',
};

/** What is the same in every language. */
const SAME = [
  /\b(?:Findling|WebGPU|WebAssembly|use-lite|B|KB|MB|GB)\b/g,
  // Extensions, operators of a query, this address and build.
  /\.[a-z]+\b/g,
  /\b[a-z]+:/g,
  /localhost/g,
  /\b[\da-f]{12}\b/g,
  // Languages are listed by their own names.
  /^(?:Deutsch|(?:British|American) English|español|français|italiano|Nederlands|polski|português|svenska)$/g,
];

/** Every text and name in the page, open shadow roots included, with a Latin word in it. */
function untranslated(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const NAMING = ['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'label'];
    const walk = (node: Node): void => {
      if (node instanceof Text) found.push(node.data);
      if (node instanceof Element) {
        if (node.matches('script, style, noscript, svg title')) return;
        // Names and licences of packages, which no language changes.
        if (node.matches('[translate="no"] *')) return;
        for (const name of NAMING) found.push(node.getAttribute(name) ?? '');
        if (node.shadowRoot) walk(node.shadowRoot);
      }
      for (const child of node.childNodes) walk(child);
    };
    walk(document.body);
    found.push(document.title);
    return found.map((text) => text.trim());
  });
}

test('every word that the app says is among its words', async ({ page, context }) => {
  test.setTimeout(300_000);
  const seen = new Map<string, string>();
  const look = async (screen: string) => {
    for (const text of await untranslated(page)) {
      const own = SAME.reduce((rest, same) => rest.replace(same, ''), text);
      if (/[A-Za-z]{2}/.test(own) && !seen.has(text)) seen.set(text, screen);
    }
  };
  const button = (name: string, within: Page | Locator = page) =>
    within.getByRole('button', { name: t(name), exact: true });
  const open = (name: string) =>
    page
      .getByRole('navigation', { name: t('Main') })
      .getByRole('link', { name: t(name), exact: true })
      .click();
  const openAll = async () => {
    for (const toggle of await page.locator('main details:not([open]) > summary').all()) {
      if (await toggle.isVisible()) await toggle.click();
    }
  };
  const { dir, remove } = folderOf(FILES, 'φάκελος');
  try {
    await context.addInitScript(inPage);
    await page.goto('./');
    await button('Add sample notes').waitFor();
    await look('first visit');
    await open('Import');
    await page.getByLabel(t('Import folder')).setInputFiles(dir);
    await expect(page.getByRole('status', { name: t('Import result') })).toContainText('4');
    await openAll();
    await look('import');
    await expect(page.getByRole('status', { name: t('Index status') })).toHaveText(t('Up to date'));

    await button('New note').first().click();
    await look('a new note');
    await page.getByRole('textbox', { name: t('Title') }).pressSequentially('Χειμώνας');
    await page.getByRole('textbox', { name: t('Note') }).pressSequentially('Ζεστά δωμάτια. ');
    await expect(page.getByRole('status', { name: t('Save state') })).toHaveText(t('Saved'));
    await page.getByRole('textbox', { name: t('Note') }).press('Control+f');
    await page.getByRole('textbox', { name: t('Find in note') }).fill('δω');
    await look('find in note');
    await page.keyboard.press('Escape');
    await openAll();
    await look('editor');
    await button('Read').click();
    await look('reading');

    await open('Notes');
    await expect(page.getByRole('list', { name: t('All notes') })).toBeVisible();
    await look('list of notes');
    await button('Select').click();
    await page.getByRole('checkbox').first().click();
    await look('notes being selected');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: t('Keyboard shortcuts') })).toBeVisible();
    await look('shortcuts');
    await page.keyboard.press('Escape');

    await page.keyboard.press('Control+k');
    const box = page.getByRole('combobox', { name: t('Search your notes') });
    await look('search');
    for (const query of ['ντομάτες', 'tag:', 'after:9', '-', 'ψψψψψψ', 'Π']) {
      await box.fill(query);
      await page.waitForTimeout(600);
      // What was typed is not said by the app.
      await box.evaluate((field) => field.removeAttribute('value'));
      await look(`search for ${query}`);
    }
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');

    await open('Map');
    await button('Show as list').waitFor();
    await look('map');
    await button('Show as list').click();
    await look('map as a list');

    await open('Notes');
    await page.getByRole('link', { name: /^Χειμώνας/ }).click();
    await button('Delete note').click();
    await look('a note that was deleted');
    await page.goto('./#/deleted');
    await page.getByRole('list').getByText('Χειμώνας').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await look('a deleted note');
    await button('Delete for good', page.getByRole('dialog')).click();
    await look('deleting for good');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');

    await open('Health');
    await expect(page.getByRole('table', { name: t('Storage by kind') })).toBeVisible();
    await look('health');
    await button('Check index').click();
    await page.waitForTimeout(1_000);
    await button('Look for nearly identical notes').click();
    await page.waitForTimeout(1_000);
    await look('health, checked');
    await button('Pause indexing').click();
    await button('Resume indexing').waitFor();
    await look('paused');

    await open('Settings');
    await look('settings');
    await openAll();
    await look('settings, all open');
    await page.getByLabel(t('Restore backup')).setInputFiles({
      name: '1.zip',
      mimeType: 'application/zip',
      buffer: Buffer.from('PK nothing'),
    });
    await page.waitForTimeout(1_000);
    await look('no backup');
    await button('Delete all data').click();
    await look('deleting all data');
  } finally {
    remove();
  }
  expect([...seen].map(([text, screen]) => `${screen}: ${text}`)).toEqual([]);
});
