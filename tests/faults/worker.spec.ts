import { expect, test } from '../browser/harness.ts';
import { go, readHealth, upToDate } from '../browser/support/app.ts';
import { arm, census, expectSound, makeNote, random, saveNotes } from './support.ts';

const batch = (seed: number, count: number) => {
  const next = random(seed);
  return Array.from({ length: count }, (_, i) => ({ id: `n${i}`, ...makeNote(next, i) }));
};

test('a note that always fails is quarantined, named, and retried on demand', async ({ page }) => {
  const text = 'Entry 13.0:';
  await arm(page, [{ at: 'slice', act: 'throw', times: 1e6, text }]);
  await page.goto('./');
  await upToDate(page);
  await saveNotes(page, batch(8, 30));
  await expectSound(page, { notes: 30, quarantined: 1 });
  await upToDate(page);
  await go(page, 'Health');
  await expect(page.getByRole('main').getByText('Note 13')).toBeVisible();
  await expect(async () => {
    expect((await readHealth(page)).Quarantined).toBe('1');
  }).toPass();
  // The fault lives in the worker that has it; a reload starts one without.
  await arm(page, []);
  await page.reload();
  await upToDate(page);
  await go(page, 'Health');
  await page.getByRole('button', { name: 'Retry failed notes' }).click();
  await expectSound(page, { notes: 30 });
});

test('damaged vectors in storage are skipped, counted and made anew', async ({ page }) => {
  await page.goto('./');
  await upToDate(page);
  await saveNotes(page, batch(10, 12));
  const before = await expectSound(page, { notes: 12 });
  // One of another length, one that is no number, one gone.
  const spoilt = await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('findling-ws-default');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const store = db.transaction('vectors', 'readwrite').objectStore('vectors');
    const rows = await new Promise<{ gen: string; hash: string; scale: number }[]>((resolve) => {
      const request = store.getAll();
      request.onsuccess = () => resolve(request.result);
    });
    const [short, nan, gone] = rows;
    store.put({ ...short, codes: new Int8Array(3) });
    store.put({ ...nan, scale: Number.NaN });
    store.delete([gone!.gen, gone!.hash]);
    await new Promise((resolve) => {
      store.transaction.oncomplete = resolve;
    });
    db.close();
    return rows.length;
  });
  expect(spoilt).toBeGreaterThanOrEqual(3);
  await page.reload();
  await expect(async () => {
    expect((await census(page)).counters.embedded).toBe(before.counters.embedded! + 3);
  }).toPass({ timeout: 60_000 });
  const after = await expectSound(page, { notes: 12 });
  expect(after.vectors).toBe(before.vectors);
  await go(page, 'Health');
  await expect(page.getByText('3 stored vectors were damaged, and made again.')).toBeVisible();
});
