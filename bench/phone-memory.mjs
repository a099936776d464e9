/**
 * What page and engine hold in memory together on a phone: 5,000 notes at 390 px, loaded and searched.
 * The browser itself counts (`measureUserAgentSpecificMemory`): its own parts are not the app's.
 */
import { importNotes, openSearch, settled, upToDate, withPage } from './browser.mjs';
import { corpus, queries } from './corpus.mjs';
import { allLoaded, PASSAGES_A_NOTE, seedNotes } from './large-library.mjs';

const QUERIES = 20;
const MOST = 350;

const held = (page) =>
  page.evaluate(async () => {
    const { bytes, breakdown } = await performance.measureUserAgentSpecificMemory();
    const isWorker = ({ attribution }) =>
      attribution.some(({ scope }) => scope === 'DedicatedWorkerGlobalScope');
    const worker = breakdown.filter(isWorker).reduce((sum, part) => sum + part.bytes, 0);
    return { all: bytes / 2 ** 20, worker: worker / 2 ** 20 };
  });

export async function phoneMemory(bench) {
  const count = bench.quick ? 500 : 5_000;
  return withPage(bench.browser, bench.app, async (page) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await upToDate(page);
    const { picked } = await importNotes(page, corpus({ notes: 1, seed: 5, words: 60 }));
    await settled(page, picked);
    const empty = await held(page);
    await seedNotes(page, corpus({ notes: count, seed: 78, words: bench.quick ? 300 : 750 }));
    await page.reload();
    await allLoaded(page);
    await openSearch(page);
    for (const query of queries({ count: QUERIES, seed: 11 })) {
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText(query);
      await page.waitForTimeout(200);
    }
    const { all, worker } = await held(page);
    return [
      {
        what: `${count} notes, ${count * PASSAGES_A_NOTE} passages, searched: page and engine together`,
        value: `${all.toFixed(0)} MB, of it the engine ${worker.toFixed(0)} MB; with one note ${empty.all.toFixed(0)} MB`,
        measured: all,
        goal: { most: MOST, unit: 'MB' },
      },
    ];
  });
}
