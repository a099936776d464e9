import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { go, upToDate, writeNote } from './support/app.ts';

const map = (page: Page) => page.getByRole('application', { name: /^Map of/ });

/** Where the map's notes lie, as it is kept. */
const keptPlaces = (page: Page): Promise<Record<string, [number, number]>> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        indexedDB.open('findling-ws-default').onsuccess = ({ target }) => {
          const db = (target as IDBOpenDBRequest).result;
          db.transaction('kv').objectStore('kv').get('map').onsuccess = ({ target }) => {
            const layout = (target as IDBRequest).result?.layout;
            db.close();
            resolve(
              Object.fromEntries(
                (layout?.ids ?? []).map((id: string, i: number) => [
                  id,
                  [layout.xy[2 * i], layout.xy[2 * i + 1]],
                ]),
              ),
            );
          };
        };
      }),
  );

test('the map shows, finds, lists and opens notes, and stays as it was', async ({
  page,
  complaints,
}) => {
  test.setTimeout(240_000);
  await page.goto('./');
  await go(page, 'Map');
  await expect(page.getByText('Your notes appear here once you have some.')).toBeVisible();
  await go(page, 'Notes');
  await page.getByRole('button', { name: 'Add sample notes' }).click();
  await upToDate(page);
  await go(page, 'Map');
  await expect(map(page)).toHaveAccessibleName('Map of 30 notes', { timeout: 30_000 });

  await test.step('a search lights its hits, in the address too', async () => {
    await page
      .getByRole('searchbox', { name: 'Find on the map' })
      .pressSequentially('tomatoes', { delay: 60 });
    const said = page.getByRole('status', { name: 'Find on the map' });
    await expect(said).toHaveText(/^\d+ notes? lit$/);
    await page.getByRole('button', { name: 'Show as list' }).click();
    await page.reload();
    await expect(page.getByRole('button', { name: 'Show as list', pressed: true })).toBeVisible();
    // At first the engine is still reading.
    await expect(said).toHaveText(/^[1-9]\d* notes? lit$/, { timeout: 20_000 });
    await expect(page.getByRole('link', { name: /tomatoes/i })).toBeVisible();
    const lit = Number.parseInt((await said.textContent()) ?? '', 10);
    expect(lit).toBeLessThan(30);
    await expect(page.getByRole('main').getByRole('link')).toHaveCount(lit);
    await page.getByRole('searchbox', { name: 'Find on the map' }).fill('');
    // Every note stands in one of the groups.
    const groups = page.getByRole('group');
    await expect(groups.first()).toBeVisible();
    for (const group of (await groups.all()).slice(1))
      await group.getByText(/^\d+ notes?$/).click();
    await expect(page.getByRole('main').getByRole('link')).toHaveCount(30);
  });

  await test.step('keys move it and open a note', async () => {
    await page.getByRole('button', { name: 'Show as list' }).click();
    await map(page).focus();
    await page.keyboard.press('+');
    await page.keyboard.press('ArrowRight');
    const named = page.getByText(/\. Enter opens it\.$/);
    await expect(named).toBeAttached();
    const title = (await named.textContent())!.replace('. Enter opens it.', '');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue(title);
    await page.goBack();
  });

  await test.step('a pointer finds and opens one too', async () => {
    await page.getByRole('button', { name: 'Show all' }).click();
    const box = (await map(page).boundingBox())!;
    // From left to right along lines, until it is over a point: its title shows.
    const open = async (): Promise<boolean> => {
      for (let y = 20; y < box.height; y += 18) {
        for (let x = 20; x < box.width; x += 18) {
          await page.mouse.move(box.x + x, box.y + y);
          if (await page.getByText('Sample notes').isVisible()) {
            await page.mouse.down();
            await page.mouse.up();
            return true;
          }
        }
      }
      return false;
    };
    expect(await open()).toBe(true);
    await expect(page.getByRole('textbox', { name: 'Title' })).toBeVisible();
  });

  await test.step('a new note takes its place; the others keep theirs', async () => {
    const before = await keptPlaces(page);
    expect(Object.keys(before)).toHaveLength(30);
    await writeNote(page, 'Peppers', 'Grow peppers in the greenhouse beside the tomatoes.');
    await expect(page.getByRole('status', { name: 'Index status' })).toHaveText(/Improving/);
    await upToDate(page);
    await go(page, 'Map');
    await expect(map(page)).toHaveAccessibleName('Map of 31 notes', { timeout: 30_000 });
    const after = await keptPlaces(page);
    expect(Object.keys(after)).toHaveLength(31);
    expect(after).toMatchObject(before);
  });
  expect(complaints).toEqual([]);
});

/** 20,000 takes minutes on a slow machine: with the long fault runs only. */
const NOTES = process.env.FINDLING_LONG === 'all' ? 20_000 : 4_000;
const COUNT = NOTES.toLocaleString('en');

/** Notes with passages and vectors in forty heaps, as they would lie there after years. */
const seed = (page: Page, total: number): Promise<void> =>
  page.evaluate(async (count) => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      indexedDB.open('findling-ws-default').onsuccess = ({ target }) =>
        resolve((target as IDBOpenDBRequest).result);
    });
    const gen = await new Promise<string>((resolve) => {
      db.transaction('passages').objectStore('passages').getAll().onsuccess = ({ target }) =>
        resolve((target as IDBRequest).result[0].gen);
    });
    let state = 7;
    const next = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32 - 0.5;
    };
    const heaps = Array.from({ length: 40 }, () => Array.from({ length: 512 }, () => next() * 90));
    for (let from = 0; from < count; from += 2_000) {
      const tx = db.transaction(['notes', 'bodies', 'passages', 'vectors'], 'readwrite');
      for (let i = from; i < from + 2_000; i++) {
        const id = `note-${i}`;
        const heap = Math.floor(((i * 7919) % 1_600) ** 0.5);
        const title = `Thing ${i} of heap${String.fromCharCode(97 + (heap % 26))}${heap}`;
        const codes = Int8Array.from(heaps[heap]!, (x) => x + next() * 110);
        const scale = 1 / Math.hypot(...codes);
        const times = { created: i * 1_000, modified: i * 1_000 };
        const meta = { id, title, path: '', tags: [], pinned: false, revision: 1, size: 10 };
        tx.objectStore('notes').put({ ...meta, ...times });
        tx.objectStore('bodies').put({ id, text: 'Something.' });
        // As the app writes them: 16 bytes a hash; start, length and heading path of each.
        const hash = i.toString(16).padStart(32, '0');
        const hashes = Uint8Array.from({ length: 16 }, (_, b) => i / 256 ** (15 - b));
        const places = Uint8Array.from([0, 10, 0]);
        const list = { gen, note: id, revision: 1, title, hashes, places, headings: [[]] };
        tx.objectStore('passages').put(list);
        tx.objectStore('vectors').put({ gen, hash, codes, scale });
      }
      await new Promise<void>((resolve, reject) => {
        tx.oncomplete = () => resolve();
        tx.onabort = () => reject(tx.error);
      });
    }
    db.close();
  }, total);

test(`${COUNT} notes: the map is made, cancelled and moved without holding up the page`, {
  tag: '@long',
}, async ({ page }) => {
  test.setTimeout(420_000);
  await page.goto('./');
  await writeNote(page, 'First', 'One note, so that there is an index.');
  await upToDate(page);
  await seed(page, NOTES);
  await page.goto('./#/map');
  await page.reload();
  await page.getByRole('button', { name: 'Cancel' }).click({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Make the map' }).click();
  const began = Date.now();
  await expect(page.getByRole('progressbar', { name: 'Map' })).toBeVisible();
  await expect(map(page)).toHaveAccessibleName(`Map of ${(NOTES + 1).toLocaleString('en')} notes`, {
    timeout: 300_000,
  });
  console.log(`map of ${COUNT} made in ${Date.now() - began} ms`);

  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const script = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration')!.value * 1_000;
  };
  const box = (await map(page).boundingBox())!;
  const frames = async (act: (i: number) => Promise<void>): Promise<number> => {
    const before = await script();
    for (let i = 0; i < 60; i++) await act(i);
    return ((await script()) - before) / 60;
  };
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const zooming = await frames((i) => page.mouse.wheel(0, i % 2 ? -60 : 60));
  await page.mouse.down();
  const moving = await frames((i) => page.mouse.move(box.x + 300 + 3 * i, box.y + 200 + i));
  await page.mouse.up();
  const pointing = await frames((i) => page.mouse.move(box.x + 300 + 3 * i, box.y + 200 + i));
  console.log(
    `${COUNT} points, script a frame: zooming ${zooming.toFixed(1)} ms, moving ${moving.toFixed(1)} ms, pointing ${pointing.toFixed(1)} ms`,
  );
  // Goal 8 ms; a test on a shared machine allows four times that.
  expect(Math.max(zooming, moving, pointing)).toBeLessThan(32);
});
