import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { go, upToDate } from './support/app.ts';

const NOTES = 20_000;

/** Writes notes past the app, as they would lie there after years; nothing of them is pending. */
function seed(page: Page, total: number): Promise<void> {
  return page.evaluate(async (count) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('findling-ws-default');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const tx = db.transaction(['notes', 'bodies'], 'readwrite');
    for (let i = 0; i < count; i++) {
      const id = crypto.randomUUID();
      tx.objectStore('notes').put({
        id,
        title: `Note number ${i} about something`,
        path: `folder ${i % 40}/sub ${i % 7}/note ${i}.md`,
        tags: [`tag ${i % 1_000}`, 'all'],
        pinned: false,
        created: 1_500_000_000_000 + i * 1_000,
        modified: 1_600_000_000_000 + ((i * 7919) % count) * 1_000,
        revision: 1,
        size: 10,
      });
      tx.objectStore('bodies').put({ id, text: 'Something.' });
    }
    await new Promise<void>((resolve, reject) => {
      tx.oncomplete = () => resolve();
      tx.onabort = () => reject(tx.error);
    });
    db.close();
  }, total);
}

test('20,000 notes: the list opens without holding up the page, and scrolls lightly', {
  tag: ['@long', '@timed'],
}, async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('./#/settings');
  await upToDate(page);
  await seed(page, NOTES);
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Theme' })).toBeVisible();
  // The engine reads them all first; this is about the list.
  await page.waitForTimeout(10_000);
  await page.evaluate(() => {
    const self = window as unknown as { tasks: number[] };
    self.tasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) self.tasks.push(Math.round(duration));
    }).observe({ type: 'longtask' });
  });
  // What it is held against, since this machine may be busy: all of them unpacked in one piece,
  // which takes 160 ms on a quiet one.
  const wholeMs = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        indexedDB.open('findling-ws-default').onsuccess = ({ target }) => {
          const db = (target as IDBOpenDBRequest).result;
          const all = db.transaction('notes').objectStore('notes').getAll();
          all.onsuccess = () => {
            const from = performance.now();
            void all.result;
            resolve(performance.now() - from);
            db.close();
          };
        };
      }),
  );
  const slowness = Math.max(1, wholeMs / 160);
  await page.evaluate(() => {
    (window as unknown as { tasks: number[] }).tasks.length = 0;
  });
  const began = Date.now();
  await go(page, 'Notes');
  await expect(page.getByText('20,000 notes', { exact: true })).toBeVisible();
  const openedMs = Date.now() - began;
  await page.waitForTimeout(500);
  const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks);

  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const script = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration')!.value * 1_000;
  };
  const before = await script();
  const frames = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let count = 0;
        const step = () => {
          scrollBy(0, 400);
          if (++count === 120) resolve(count);
          else requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
  );
  const perFrame = ((await script()) - before) / frames;
  console.log(
    `20,000 notes (in one piece ${Math.round(wholeMs)} ms): opened in ${openedMs} ms, tasks over 50 ms: [${tasks}], script ${perFrame.toFixed(2)} ms a frame`,
  );
  await expect(
    page.getByRole('list', { name: 'All notes' }).getByRole('link').first(),
  ).toBeVisible();
  expect(await page.getByRole('listitem').count()).toBeLessThan(80);
  // Goals 50 ms and 4 ms; a test allows four times that, and what this machine is slower by.
  expect(Math.max(0, ...tasks)).toBeLessThan(200 * slowness);
  expect(perFrame).toBeLessThan(16 * slowness);
});
