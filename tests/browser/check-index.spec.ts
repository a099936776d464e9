import { expect, test } from './harness.ts';
import {
  folderOf,
  go,
  health,
  importFolder,
  readHealth,
  search,
  upToDate,
  writeNote,
} from './support/app.ts';
import { EVERYDAY } from './support/everyday.ts';

test('“Check index” finds what is missing in storage and has it made anew', async ({ page }) => {
  const { dir, remove } = folderOf(EVERYDAY);
  try {
    await page.goto('./');
    await importFolder(page, dir);
    await upToDate(page);
    const { 'Passages embedded': before, Passages: passages } = await health(page);
    const check = page.getByRole('button', { name: 'Check index' });
    const said = page.getByRole('status', { name: 'Check', exact: true });
    await check.click();
    await expect(said).toHaveText(`All is in order: 10 notes, ${passages} passages.`);

    // As a failing disk might: one vector lost, one cut short, one passage list lost.
    await page.evaluate(async () => {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open('findling-ws-default');
        request.onsuccess = () => resolve(request.result);
      });
      const tx = db.transaction(['vectors', 'passages'], 'readwrite');
      const all = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve) => {
          request.onsuccess = () => resolve(request.result);
        });
      const lists = await all(tx.objectStore('passages').getAll());
      const [first, second, third] = lists;
      // 16 bytes a hash.
      const hashOf = ({ hashes }: { hashes: Uint8Array }) =>
        Array.from(hashes.slice(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
      tx.objectStore('vectors').delete([first.gen, hashOf(first)]);
      const key = [second.gen, hashOf(second)];
      const vector = await all(tx.objectStore('vectors').get(key));
      tx.objectStore('vectors').put({ ...vector, codes: vector.codes.slice(0, 5) });
      tx.objectStore('passages').delete([third.gen, third.note]);
      await new Promise((resolve) => {
        tx.oncomplete = resolve;
      });
      db.close();
    });
    await check.click();
    await expect(said).toHaveText('3 notes were not fully indexed. This is done now.');
    await upToDate(page);
    // Only what was lost is embedded: the third note's vectors were still there.
    await expect(async () => {
      const { 'Passages embedded': after, Pending } = await readHealth(page);
      expect([Number(after), Pending]).toEqual([Number(before) + 2, '0']);
    }).toPass({ timeout: 30_000 });
    await check.click();
    await expect(said).toHaveText(`All is in order: 10 notes, ${passages} passages.`);
    await go(page, 'Notes');
  } finally {
    remove();
  }
});

test('an index that could not be loaded: map and check say so, and it is loaded later', {
  tag: '@long',
}, async ({ page }) => {
  /** Puts something else in place of a note's stored text, as a failing disk might. */
  const spoil = (text: unknown) =>
    page.evaluate(async (text) => {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open('findling-ws-default');
        request.onsuccess = () => resolve(request.result);
      });
      const tx = db.transaction('bodies', 'readwrite');
      const keys = tx.objectStore('bodies').getAllKeys();
      keys.onsuccess = () => tx.objectStore('bodies').put({ id: keys.result[0], text });
      await new Promise((resolve) => {
        tx.oncomplete = resolve;
      });
      db.close();
    }, text);
  const why = 'Not all notes could be read for searching.';

  await page.goto('./');
  await writeNote(page, 'Heron', 'A heron stands in the reeds.');
  await upToDate(page);
  await go(page, 'Notes');
  await spoil(7);
  await page.reload();
  await upToDate(page);
  await go(page, 'Map');
  await expect(page.getByRole('alert').filter({ hasText: why })).toBeVisible();
  await go(page, 'Health');
  const check = page.getByRole('button', { name: 'Check index' });
  const said = page.getByRole('status', { name: 'Check', exact: true });
  await check.click();
  await expect(said).toContainText(why);

  // Tried again by itself, or by whoever asks.
  await spoil('A heron stands in the reeds.');
  await expect(async () => {
    await check.click();
    await expect(said).toHaveText('All is in order: 1 note, 1 passage.', { timeout: 2_000 });
  }).toPass();
  expect((await search(page, 'heron'))[0]).toMatch(/^Heron/);
});
