/** Notes that mean harm, taken through every place that shows them: nothing runs, nothing loads. */
import type { Page } from '@playwright/test';
import { HOSTILE } from '../fixtures/hostile.ts';
import { expect, test } from './harness.ts';
import {
  closeSearch,
  folderOf,
  go,
  importFolder,
  openSearch,
  search,
  upToDate,
} from './support/app.ts';

const FILES = Object.fromEntries(
  HOSTILE.map((text, i) => [
    // A file's name is a title too; it cannot hold a slash.
    `${i} ${text.replace(/[/\\\p{Cc}]/gu, ' ').slice(0, 60)}.md`,
    // As front matter, as title, as text and as a tag.
    `---\ntitle: ${JSON.stringify(`t${i} ${text}`)}\ntags: [${JSON.stringify(text.slice(0, 40))}]\n---\n# t${i} ${text}\n\nword${i} hostile\n\n${text}\n\n<div>\n${text}\n</div>\n`,
  ]),
);

/** What must not be anywhere in the page. */
const harmful = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const look = (root: Document | ShadowRoot) => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) look(element.shadowRoot);
        for (const { name, value } of element.attributes) {
          if (/^on|^srcdoc$|^ping$/.test(name)) found.push(`${element.localName} ${name}`);
          if (/^\s*(?:javascript:|vbscript:|data:text)/i.test(value))
            found.push(value.slice(0, 60));
          if (/^(?:src|srcset|href|action|poster|background|data)$/.test(name)) {
            if (value.includes('evil.example') && element.localName !== 'a') found.push(value);
          }
        }
        if (/^(?:iframe|object|embed|base|applet|frameset|form)$/.test(element.localName)) {
          if (element.localName !== 'form') found.push(element.localName);
        }
      }
    };
    look(document);
    return [...found, ...((window as unknown as { ran?: number[] }).ran ?? []).map(String)];
  });

test(`${HOSTILE.length} hostile notes through import, lists, results, reading, editor, related and map`, {
  tag: '@long',
}, async ({ page, complaints }) => {
  test.setTimeout(300_000);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const { dir, remove } = folderOf(FILES);
  try {
    await page.goto('./');
    await importFolder(page, dir);
    expect(await harmful(page)).toEqual([]);
    await upToDate(page, 180_000);
    await go(page, 'Notes');
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
    expect(await harmful(page)).toEqual([]);

    for (const query of ['hostile', 'script img onerror', 'javascript link', '"<script>"']) {
      expect((await search(page, query)).length).toBeGreaterThan(0);
      expect(await harmful(page)).toEqual([]);
      await closeSearch(page);
    }
    // A query is shown, too.
    for (const i of [0, 9, 60]) {
      const dialog = await openSearch(page);
      await dialog.getByRole('combobox', { name: 'Search your notes' }).fill(HOSTILE[i]!);
      await page.waitForTimeout(200);
      expect(await harmful(page)).toEqual([]);
      await closeSearch(page);
    }

    const ids = await page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          indexedDB.open('findling-ws-default').onsuccess = ({ target }) => {
            const db = (target as IDBOpenDBRequest).result;
            db.transaction('notes').objectStore('notes').getAllKeys().onsuccess = (event) => {
              db.close();
              resolve((event.target as IDBRequest<string[]>).result);
            };
          };
        }),
    );
    // One holds a zero byte, and is text all the same.
    expect(ids.length).toBe(HOSTILE.length);
    const main = page.getByRole('main');
    for (const [i, id] of ids.entries()) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#/note/${id}?read`);
      await expect(main.getByText(/word\d+ hostile/).first()).toBeVisible();
      expect(await harmful(page)).toEqual([]);
      // Each seventh in the editor, with what is related beside it.
      if (i % 7 > 0) continue;
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#/note/${id}`);
      await expect(page.getByRole('textbox', { name: 'Note' })).toBeVisible();
      await expect(page.getByRole('list', { name: 'Related notes' })).toBeVisible();
      expect(await harmful(page)).toEqual([]);
    }

    await go(page, 'Map');
    await page.getByRole('button', { name: 'Show as list' }).click();
    await expect(main.getByRole('link').first()).toBeVisible({ timeout: 60_000 });
    expect(await harmful(page)).toEqual([]);
    for (const hash of [
      '#/note/<script>',
      '#/note/%3Cimg%20src%3Dx%3E?title=<svg onload=alert(1)>',
    ]) {
      await page.evaluate((next) => {
        location.hash = next;
      }, hash);
      await page.waitForTimeout(200);
      expect(await harmful(page)).toEqual([]);
    }
    await go(page, 'Health');
    expect(dialogs).toEqual([]);
    expect(asked.filter((url) => url.includes('evil'))).toEqual([]);
    expect(complaints).toEqual([]);
  } finally {
    remove();
  }
});
