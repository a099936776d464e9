/** One import through the app's own page, watched from inside: shared by two benches. */
import { go, health, importNotes, settled, upToDate, withPage } from './browser.mjs';
import { watchWaits } from './core-wait.mjs';
import { corpus } from './corpus.mjs';

export const indexingCorpus = (quick) => corpus({ notes: quick ? 60 : 120, seed: 11 });

/** Imports and indexes the corpus, then has the index rebuilt: the engine without the import. */
export function productRun(bench) {
  bench.memo.product ??= withPage(bench.browser, bench.app, async (page) => {
    const notes = indexingCorpus(bench.quick);
    await upToDate(page);
    await page.evaluate(() => probe.startBeat());
    const importWaited = watchWaits('worker');
    const { picked } = await importNotes(page, notes);
    await settled(page, picked);
    const importWaitMs = importWaited();
    const main = await page.evaluate(() => probe.stopBeat());
    const { ended } = await page.evaluate((from) => probe.run(from), picked);
    const first = await health(page);

    await go(page, 'Settings');
    const button = page.getByRole('button', { name: 'Rebuild index' });
    await button.waitFor();
    const rebuilt = await page.evaluate(() => performance.now());
    const engineWaited = watchWaits('worker');
    await button.click();
    await settled(page, rebuilt);
    const engineWaitMs = engineWaited();
    const again = await page.evaluate((from) => probe.run(from), rebuilt);
    const second = await health(page);
    const passages = Number(first.Passages);
    const embedded = Number(second['Passages embedded']) - Number(first['Passages embedded']);
    if (embedded !== passages) {
      throw new Error(`The rebuild embedded ${embedded} passages of ${passages}.`);
    }
    return {
      notes: notes.length,
      passages,
      batches: Number(first.Batches),
      threads: Number(first.Threads),
      importWaitMs,
      engineWaitMs,
      importMs: ended - picked,
      engineMs: again.ended - again.began,
      main,
    };
  });
  return bench.memo.product;
}
