/** Does search stay quick while a large import is being indexed? */

import { importNotes, pageTime, settled, upToDate, withPage } from './browser.mjs';
import { corpus, queries } from './corpus.mjs';
import { SLICE_TARGET_MS } from './protocol.mjs';
import { ms, percentile } from './stats.mjs';

/** Between two queries: about how fast a person types. */
const EVERY_MS = 120;

/** Asks one query after another, until all are asked or indexing has ended. */
const ask = (page, asked, whileIndexing) =>
  page.evaluate(
    async ([all, busy, every]) => {
      const took = [];
      for (const query of all) {
        if (busy && probe.lastState() === 'idle') break;
        const one = await probe.timedSearch(query);
        if (one.meaning !== 'used') throw new Error(`meaning took no part: ${one.meaning}`);
        took.push(one.ms);
        await new Promise((resolve) => setTimeout(resolve, every));
      }
      return took;
    },
    [asked, whileIndexing, EVERY_MS],
  );

export async function queryWhileIndexing(bench) {
  const base = corpus({ notes: bench.quick ? 100 : 200, seed: 31, words: 120 });
  const more = corpus({ notes: bench.quick ? 500 : 1_000, seed: 32, words: 120 });
  const asked = queries({ count: bench.quick ? 60 : 120 });
  return withPage(bench.browser, bench.app, async (page) => {
    await upToDate(page);
    const { picked } = await importNotes(page, base);
    await settled(page, picked);
    await ask(page, asked.slice(0, 5), false);
    const idle = await ask(page, asked, false);

    const from = await pageTime(page);
    const { done } = await importNotes(page, more, { wait: false });
    await page.waitForFunction(() => probe.lastState() === 'indexing');
    const busy = await ask(page, asked, true);
    await done;
    const reached = await page.evaluate((since) => {
      const last = probe.heard.findLast(
        ([at, m]) => at >= since && m.t === 'status' && m.status.state === 'indexing',
      );
      return last?.[1].status ?? null;
    }, from);
    const [idle50, idle95] = [0.5, 0.95].map((p) => percentile(idle, p));
    const [busy50, busy95] = [0.5, 0.95].map((p) => percentile(busy, p));
    const limit = idle95 * 2 + SLICE_TARGET_MS;
    return [
      {
        what: `idle, ${base.length} notes: p50 / p95 of ${idle.length} queries`,
        value: `${ms(idle50)} / ${ms(idle95)}`,
      },
      {
        what: `during an import of ${more.length} notes: p50 / p95 of ${busy.length} queries`,
        value: `${ms(busy50)} / ${ms(busy95)} (slowest ${ms(Math.max(...busy))})`,
        ratio: busy95 / idle95,
        measured: busy95,
        goal: { most: limit, unit: 'ms' },
      },
      {
        what: 'indexed when the last query was answered',
        value: reached ? `${reached.completed} of ${reached.total} notes` : 'all',
      },
    ];
  });
}
