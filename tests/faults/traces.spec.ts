/** The traces of tests/engine in a real Chromium: they must end as they do there. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from '../browser/harness.ts';
import { upToDate } from '../browser/support/app.ts';
import { finalStateOf, type Rows } from '../engine/final-state.ts';
import { type Given, PAGE_ACTIONS, type PageAction } from '../engine/page-actions.ts';
import { type ActingTab, Acts, type Outcome, prepare, TRACES } from '../engine/traces.ts';

class RealTab implements ActingTab {
  readonly alive = true;
  readonly clock = Date;
  constructor(readonly page: Page) {}

  async perform<D extends PageAction>(action: D, given: Given<D>): Promise<Outcome<void>> {
    // A method's text begins with its name, or with `async` and its name.
    const object = `({ ${PAGE_ACTIONS[action].toString().replace(/^\(/, `${action}: (`)} })`;
    await this.page.evaluate(`${object}.${action}(findling, ${JSON.stringify(given)})`);
    return { state: 'done', value: undefined };
  }
}

/** Reads the database itself. */
const rowsOf = (page: Page): Promise<Rows> =>
  page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await answer(indexedDB.open('findling-ws-default'));
    const tx = db.transaction([...db.objectStoreNames]);
    const all = async (store: string) => [store, await answer(tx.objectStore(store).getAll())];
    const stores = ['notes', 'bodies', 'trash', 'versions', 'passages', 'pending', 'quarantine'];
    const rows = await Promise.all(stores.map(all));
    const generations = (await answer(tx.objectStore('kv').get('generations'))) ?? {};
    db.close();
    return Object.fromEntries([...rows, ['generations', generations]]);
  });

/** The model that a tab's worker searches with. */
const modelOf = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    type Health = { health(): Promise<{ model: string }> };
    const { engine } = (globalThis as unknown as { findling: { engine: Health } }).findling;
    return (await engine.health()).model;
  });

for (const trace of TRACES) {
  test(`as in one process: ${trace.name}`, async ({ page, context }) => {
    const pages = [page, await context.newPage()];
    for (const one of pages) {
      await one.goto('./');
      await upToDate(one);
    }
    const time = { pass: (ms: number) => page.waitForTimeout(ms) };
    const act = new Acts(
      { time },
      pages.map((one) => new RealTab(one)),
    );
    const rest = async (): Promise<void> => {
      await expect(async () => {
        const { pending, generations } = await rowsOf(page);
        expect([pending.length, generations.building]).toEqual([0, undefined]);
      }).toPass({ timeout: 60_000 });
      for (const one of pages) await upToDate(one);
      // After a swap each tab's worker is followed by another.
      const { generations } = await rowsOf(page);
      const searched = () => Promise.all(pages.map(modelOf));
      const { model } = generations.active ?? { model: 'use-lite' };
      await expect.poll(searched).toEqual([model, model]);
    };
    await prepare(act);
    await trace.before?.(act);
    await rest();
    await trace.run(act);
    await rest();
    const file = new URL(
      `../engine/final-states/${trace.name.replaceAll(' ', '-')}.json`,
      import.meta.url,
    );
    expect(finalStateOf(await rowsOf(page))).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });
}
