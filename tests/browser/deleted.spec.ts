import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import {
  closeSearch,
  expectNote,
  folderOf,
  go,
  health,
  importFolder,
  openSearch,
  upToDate,
  writeNote,
} from './support/app.ts';

const DAY = 24 * 60 * 60_000;
const KEY = { delay: 15 };

test.setTimeout(180_000);

async function deleteNote(page: Page, title: string): Promise<void> {
  await go(page, 'Notes');
  await page.getByRole('list', { name: 'All notes' }).getByRole('link', { name: title }).click();
  await page.getByRole('button', { name: 'Delete note' }).click();
  await expect(page.getByRole('button', { name: 'Delete note' })).toHaveCount(0);
}

const trash = (page: Page) => page.getByRole('list', { name: 'Recently deleted' });
const titles = (page: Page) => trash(page).locator('.deleted-title').allTextContents();
const row = (page: Page, title: string) =>
  trash(page).getByRole('listitem').filter({ hasText: title });
const sure = (page: Page, title: string) =>
  page.getByRole('dialog', { name: `Delete “${title}” for good?` });

async function openTrash(page: Page): Promise<void> {
  await go(page, 'Notes');
  await page.getByRole('link', { name: /^Recently deleted/ }).click();
  await expect(page.getByRole('heading', { name: 'Recently deleted' })).toBeVisible();
}

/** The raw database: names of the stores of which some row holds the word, in letters or bytes. */
function storesWith(page: Page, word: string): Promise<string[]> {
  return page.evaluate(async (wanted) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('findling-ws-default');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const found: string[] = [];
    for (const store of db.objectStoreNames) {
      const all = db.transaction(store).objectStore(store);
      const asked = [all.getAll(), all.getAllKeys()].map(
        (request) =>
          new Promise<unknown>((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
          }),
      );
      const text = JSON.stringify(await Promise.all(asked), (_, value) => {
        if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer)) return value;
        const bytes = ArrayBuffer.isView(value) ? value.buffer : value;
        return [new TextDecoder('latin1'), new TextDecoder('utf-16le')].map((decoder) =>
          decoder.decode(bytes),
        );
      });
      if (text.toLowerCase().includes(wanted.toLowerCase())) found.push(store);
    }
    db.close();
    return found;
  }, word);
}

/** A value of the workspace's `kv`. */
const stored = <T>(page: Page, key: string): Promise<T | undefined> =>
  page.evaluate(
    (wanted) =>
      new Promise<never>((resolve, reject) => {
        const request = indexedDB.open('findling-ws-default');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const get = request.result.transaction('kv').objectStore('kv').get(wanted);
          get.onsuccess = () => {
            request.result.close();
            resolve(get.result as never);
          };
        };
      }),
    key,
  ) as Promise<T | undefined>;

test('a deleted note is read, restored, and deleted for good, by mouse and by keys', async ({
  page,
  complaints,
}) => {
  await page.goto('./');
  await writeNote(page, 'Harbour', 'The ferry leaves at nine.');
  await writeNote(page, 'Boiler', 'Bleed the radiators.');
  await writeNote(page, 'Lisbon', 'Book the night train.');
  await go(page, 'Notes');
  await expect(page.getByRole('link', { name: /^Recently deleted/ })).toHaveCount(0);
  for (const title of ['Harbour', 'Boiler', 'Lisbon']) await deleteNote(page, title);
  // Nothing is left to list, and the way is there all the same.
  await openTrash(page);
  await expect(page).toHaveTitle('Recently deleted · Findling');
  expect(await titles(page)).toEqual(['Lisbon', 'Boiler', 'Harbour']);
  await expect(row(page, 'Boiler')).toContainText(/Deleted .+ · kept until .+/);

  // Read, then restored: by the mouse.
  await row(page, 'Boiler').getByText('Boiler', { exact: true }).click();
  const text = page.getByRole('dialog', { name: 'Boiler' });
  await expect(text.getByRole('region', { name: 'Note' })).toHaveText('Bleed the radiators.');
  await text.getByRole('button', { name: 'Restore' }).click();
  await expect(text).toHaveCount(0);
  await expect.poll(() => titles(page)).toEqual(['Lisbon', 'Harbour']);

  // For good: by keys. What was next has the focus, so that one can go on.
  await expect(row(page, 'Harbour').getByText('Harbour', { exact: true })).toBeFocused();
  const forGood = row(page, 'Harbour').getByRole('button', { name: 'Delete for good' });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(forGood).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(sure(page, 'Harbour').getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(sure(page, 'Harbour')).toHaveCount(0);
  expect(await titles(page)).toEqual(['Lisbon', 'Harbour']);
  await expect(forGood).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(sure(page, 'Harbour').getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => titles(page)).toEqual(['Lisbon']);
  await expect(page.getByRole('status', { name: 'Notices' })).toContainText(
    'Deleted “Harbour” for good',
  );

  // It is there after a reload, by its address; and all of it goes by the mouse.
  await page.reload();
  await expect.poll(() => titles(page)).toEqual(['Lisbon']);
  expect(Number((await health(page))['Could be freed'])).toBeGreaterThan(0);
  await page.getByRole('link', { name: 'Recently deleted' }).click();
  await page.getByRole('button', { name: 'Delete all for good' }).click();
  const all = page.getByRole('dialog', { name: 'Delete all for good' });
  await all.getByRole('textbox').click();
  await page.keyboard.type('delete', KEY);
  await all.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Nothing was deleted in the last 30 days.')).toBeVisible();
  expect((await health(page))['Could be freed']).toBe('0');

  await go(page, 'Notes');
  await page.getByRole('link', { name: /^Boiler/ }).click();
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeVisible({ timeout: 60_000 });
  await expectNote(page, 'Bleed the radiators.');
  expect(complaints).toEqual([]);
});

test('nothing of a note that was deleted for good is left in the database', {
  tag: '@long',
}, async ({ page }) => {
  const others = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`n${i}.md`, `# Note ${i}\n\nA boat in harbour ${i}.`]),
  );
  // “harbouring” is one term with “harbour”, which stays.
  const secret = '# Zanzibarite\n\nIt was harbouring a [[quillwort]].\n';
  const { dir, remove } = folderOf({ ...others, 'zanzibarite.md': secret });
  try {
    await page.goto('./');
    await importFolder(page, dir);
    await upToDate(page);
    await expect
      .poll(() => storesWith(page, 'harbouring'), { timeout: 20_000 })
      .toContain('keyword');
    expect(await storesWith(page, 'quillwort')).toEqual(['bodies', 'keyword', 'links']);
    await deleteNote(page, 'Zanzibarite');
    const other = await page.context().newPage();
    const id = await trashedId(page);
    await other.goto(`./#/note/${id}`);
    await expect(other.getByText('This note is not here.')).toBeVisible();
    await openTrash(page);
    await row(page, 'Zanzibarite').getByRole('button', { name: 'Delete for good' }).click();
    await sure(page, 'Zanzibarite').getByRole('button', { name: 'Delete for good' }).click();
    await expect(page.getByText('Nothing was deleted in the last 30 days.')).toBeVisible();
    await upToDate(page);
    for (const word of ['quillwort', 'zanzibarite', 'harbouring', id]) {
      await expect
        .poll(() => storesWith(page, word), { timeout: 20_000, message: word })
        .toEqual([]);
    }
    // The others are whole, and no vector is left that no list names.
    const numbers = await health(page);
    expect([numbers.Notes, numbers.Passages, numbers.Pending]).toEqual(['40', '40', '0']);
    await page.getByRole('button', { name: 'Check index' }).click();
    await expect(page.getByText('All is in order: 40 notes, 40 passages.')).toBeVisible();
    expect(await vectorCount(page)).toBe(40);
    const dialog = await openSearch(page);
    await page.keyboard.type('harbou', KEY);
    await expect(dialog.getByRole('option').first()).toContainText('harbour');
    await closeSearch(page);
    // A tab that waits to restore it says that it cannot.
    await other.bringToFront();
    await other.getByRole('button', { name: 'Restore' }).click();
    await expect(other.getByText('This note cannot be restored any more.')).toBeVisible();
  } finally {
    remove();
  }
});

/** Of the one note in the trash. */
const trashedId = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const request = indexedDB.open('findling-ws-default');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const keys = request.result.transaction('trash').objectStore('trash').getAllKeys();
          keys.onsuccess = () => {
            request.result.close();
            resolve(String(keys.result[0]));
          };
        };
      }),
  );

/** Vectors that lie apart and in segments. */
const vectorCount = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const request = indexedDB.open('findling-ws-default');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const tx = request.result.transaction(['vectors', 'segments']);
          const apart = tx.objectStore('vectors').count();
          const segments = tx.objectStore('segments').getAll();
          tx.oncomplete = () => {
            request.result.close();
            const packed = (segments.result as { hashes: Uint8Array }[]).map(
              ({ hashes }) => hashes.length / 16,
            );
            resolve(packed.reduce((sum, count) => sum + count, apart.result));
          };
        };
      }),
  );

/** An image that is pasted, and then not wanted. */
async function pasteAndUndo(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext('2d')?.fillRect(0, 0, 4, 4);
    const blob = await canvas.convertToBlob();
    const bytes = await blob.arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const id = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('findling-ws-default');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const tx = db.transaction('attachments', 'readwrite');
    tx.objectStore('attachments').put({ id, type: 'image/png', bytes, added: Date.now() });
    await new Promise((resolve) => {
      tx.oncomplete = resolve;
    });
    db.close();
  });
}

test('what is due goes at a start that agrees with the one before, and not beside an import', {
  tag: '@long',
}, async ({ page, context }) => {
  const began = Date.now();
  /** Until this start has been noted, and what it found due is done. */
  const noted = (at: number) =>
    expect
      .poll(async () => (await stored<{ last: number }>(page, 'trash-starts'))?.last, {
        timeout: 20_000,
      })
      .toBe(at);
  const unused = async () =>
    Object.keys((await stored<Record<string, number>>(page, 'attachments-unused')) ?? {}).length;

  await page.clock.setFixedTime(began);
  await page.goto('./');
  await writeNote(page, 'Harbour', 'The ferry leaves at nine.');
  await pasteAndUndo(page);
  await deleteNote(page, 'Harbour');
  await page.clock.setFixedTime(began + 1_000);
  await page.reload();
  await noted(began + 1_000);
  await expect.poll(unused).toBe(1);

  // The clock jumps, or a month has passed: nothing tells which. An import is under way elsewhere.
  const later = began + 31 * DAY;
  await page.clock.setFixedTime(later);
  const { dir, remove } = folderOf(
    Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`${i}.md`, `# ${i}\n\nText.`])),
  );
  const importing = await context.newPage();
  try {
    await importing.clock.setFixedTime(later);
    await importing.goto('./#/import');
    await importing.getByLabel('Import folder').setInputFiles(dir);
    await importing.getByRole('button', { name: 'Pause import' }).click();
    await page.bringToFront();
    await page.reload();
    await noted(later);
    await page.waitForTimeout(1_000);
    expect(await unused()).toBe(1);
    await openTrash(page);
    expect(await titles(page)).toEqual(['Harbour']);
    await expect(row(page, 'Harbour')).toContainText('goes for good soon');
    // A tab that is opened beside it is no start of its own.
    expect(await stored(page, 'trash-starts')).toMatchObject({ last: later });
    await importing.bringToFront();
    await importing.getByRole('button', { name: 'Cancel' }).click();
    await importing.close();
  } finally {
    remove();
  }
  await page.bringToFront();
  await page.reload();
  await expect(page.getByText('Nothing was deleted in the last 30 days.')).toBeVisible({
    timeout: 20_000,
  });
  await expect.poll(() => storesWith(page, 'ferry'), { timeout: 20_000 }).toEqual([]);
  await expect.poll(() => storesWith(page, 'image/png')).toEqual([]);
});

test('a thousand deleted notes are listed at once, on a phone too', {
  tag: ['@long', '@timed'],
}, async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Add sample notes' })).toBeVisible();
  await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('findling-ws-default');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const tx = db.transaction('trash', 'readwrite');
    for (let i = 0; i < 1_000; i++) {
      const id = `deleted ${i}`;
      const meta = { id, title: `Note ${i}`, path: '', tags: [], pinned: false, size: 2_000 };
      const times = { created: 1, modified: 1, metaChanged: 1, revision: 1 };
      const text = 'Some words of it. '.repeat(110);
      tx.objectStore('trash').put({ id, meta: { ...meta, ...times }, text, at: Date.now() - i });
    }
    await new Promise((resolve, reject) => {
      tx.oncomplete = resolve;
      tx.onabort = () => reject(tx.error);
    });
    db.close();
    const self = window as unknown as { longest: number };
    self.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) self.longest = Math.max(self.longest, duration);
    }).observe({ type: 'longtask' });
  });
  const began = Date.now();
  await page.evaluate(() => {
    location.hash = '#/deleted';
  });
  await expect(page.getByText(/^1,000 notes/)).toBeVisible();
  const took = Date.now() - began;
  await page.mouse.wheel(0, 100_000);
  await page.keyboard.press('End');
  await expect(page.getByText('Note 999', { exact: true })).toBeVisible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  const longest = await page.evaluate(() => (window as unknown as { longest: number }).longest);
  console.log(`1,000 deleted notes of 2 KB: listed in ${took} ms, longest task ${longest} ms`);
  expect(wide).toBeLessThanOrEqual(390);
  expect(took).toBeLessThan(3_000);
});
