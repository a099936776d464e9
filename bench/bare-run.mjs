/** The same passages without the product around the model: shared by two benches. */
import { withPage } from './browser.mjs';
import { buildBenchPage } from './page-bench.mjs';
import { sum } from './stats.mjs';

/** About `most` passages, in runs of `run` as they come, evenly taken: the same mix of lengths. */
function sample(chunked, most, run) {
  const texts = chunked.notes.flat();
  const tokens = chunked.tokens.flat();
  const every = Math.max(1, Math.round(texts.length / most));
  const chosen = texts.map((_, i) => i).filter((i) => Math.floor(i / run) % every === 0);
  return {
    texts: chosen.map((i) => texts[i]),
    meanTokens: sum(chosen.map((i) => tokens[i])) / chosen.length,
  };
}

/** Opens the bench page, its worker loaded and the notes split by the product's chunker. */
export async function withBarePage(bench, notes, use) {
  bench.memo.barePage ??= buildBenchPage();
  await bench.memo.barePage;
  return withPage(bench.browser, bench.bare, async (page) => {
    await page.waitForFunction(() => globalThis.benchPage);
    const chunked = await page.evaluate((all) => benchPage.ask({ do: 'chunk', notes: all }), notes);
    const embed = (texts, way) =>
      page.evaluate(([t, w]) => benchPage.ask({ do: 'embed', texts: t, way: w }), [texts, way]);
    return use({ page, chunked, embed, sample: (most, run = 1) => sample(chunked, most, run) });
  });
}

/** The naive loop on the main thread, loaded before, with the heart of the page listened to. */
export function naiveRun(page, texts) {
  return page.evaluate(async (all) => {
    // In an ordinary task: the browser does not watch those of the debugger.
    await new Promise((resolve) => setTimeout(resolve, 20));
    probe.startBeat();
    const ms = await benchPage.naive(all);
    return { ms, main: await probe.stopBeat() };
  }, texts);
}
