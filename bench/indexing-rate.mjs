/** How fast does the product index, beside simpler ways to call the same model? */
import { naiveRun, withBarePage } from './bare-run.mjs';
import { watchWaits } from './core-wait.mjs';
import { indexingCorpus, productRun } from './product-run.mjs';
import { ms, rate, sum, times } from './stats.mjs';

/** The slow ways get a part of the passages, with the same mix of lengths. */
const SAMPLE = 300;
const NAIVE_SAMPLE = 150;
const BATCH = 16;

export function bareRun(bench) {
  bench.memo.bare ??= withBarePage(bench, indexingCorpus(bench.quick), async (bare) => {
    const { page, chunked, embed } = bare;
    const all = chunked.notes.flat();
    const size = bench.quick ? SAMPLE / 2 : SAMPLE;
    const lots = bare.sample(size, BATCH);
    const some = bare.sample(size);
    const few = bare.sample(bench.quick ? NAIVE_SAMPLE / 2 : NAIVE_SAMPLE);
    // Each way before and after the product's own run, half its passages a time, so that a machine
    // which grows slower or faster meanwhile does so for all.
    const halves = ({ texts }, by) =>
      [0, 1].map((h) => texts.filter((_, i) => Math.floor(i / by) % 2 === h));
    const parts = { lots: halves(lots, BATCH), some: halves(some, 1), few: halves(few, 1) };
    const runs = { sorted: [], batches: [], single: [], naive: [] };
    /** A run, with what it waited for a core. */
    const run = async (thread, work) => {
      const waited = watchWaits(thread);
      const result = await work();
      return { ...result, waitMs: waited() };
    };
    const arrival = (batch) => ({ kind: 'arrival', batch });
    await page.evaluate(() => benchPage.loadNaive());
    for (const half of [0, 1]) {
      const { lots: l, some: s, few: f } = parts;
      runs.sorted.push(await run('worker', () => embed(all, { kind: 'sorted' })));
      runs.batches.push(await run('worker', () => embed(l[half], arrival(BATCH))));
      runs.single.push(await run('worker', () => embed(s[half], arrival(1))));
      runs.naive.push(await run('main', () => naiveRun(page, f[half])));
      await productRun(bench);
    }
    const tokens = chunked.tokens.flat();
    const way = (passages, of, key = 'ms') => ({
      passages,
      ms: sum(of.map((one) => one[key])),
      waitMs: sum(of.map((one) => one.waitMs)),
    });
    return {
      all: all.length,
      tokens: [sum(tokens) / tokens.length, ...[few, lots, some].map((one) => one.meanTokens)],
      chunkMs: chunked.ms,
      loop: way(2 * all.length, runs.sorted, 'modelMs'),
      batches: way(lots.texts.length, runs.batches),
      single: way(some.texts.length, runs.single),
      naive: way(few.texts.length, runs.naive),
      naiveMain: runs.naive[1].main,
    };
  });
  return bench.memo.bare;
}

export async function indexingRate(bench) {
  const bare = await bareRun(bench);
  const product = await productRun(bench);
  if (product.passages !== bare.all) {
    throw new Error(`The product made ${product.passages} passages, the bench ${bare.all}.`);
  }
  const byClock = ({ passages, ms: took }) => (passages / took) * 1000;
  const unhindered = ({ passages, ms: took, waitMs }) => (passages / (took - waitMs)) * 1000;
  const show = (way, more = '') =>
    `${rate(byClock(way))}${more}; without waiting for a core ${rate(unhindered(way))}`;
  const { passages } = product;
  const whole = { passages, ms: product.importMs, waitMs: product.importWaitMs };
  const engine = { passages, ms: product.engineMs, waitMs: product.engineWaitMs };
  const part = (way) => ` (${way.passages} of ${bare.all} passages)`;
  const tokens = bare.tokens.map((n) => n.toFixed(0)).join(', ');
  const beside = (what, way, goal) => {
    // By the clock, whoever ran in the busier moment loses: goals are judged without the waits.
    const ratio = unhindered(engine) / unhindered(way);
    const clock = times(byClock(engine) / byClock(way));
    return { what, value: `${show(way)}; ratio by the clock ${clock}`, ratio, goal };
  };
  return [
    {
      what: `import of ${product.notes} notes, from picking the folder to "Up to date"`,
      value: show(whole, ` (${passages} in ${ms(product.importMs)})`),
    },
    {
      what: 'engine alone: "Rebuild index" of the same notes',
      value: show(engine, ` (${product.batches} slices, ${product.threads} thread)`),
    },
    beside(`(a) naive: fp32, main thread, one at a time${part(bare.naive)}`, bare.naive, {
      least: 3,
    }),
    beside(`(b) int8 in a worker, padded batches of ${BATCH}${part(bare.batches)}`, bare.batches),
    beside(`(c) int8 in a worker, one at a time${part(bare.single)}`, bare.single),
    beside('(d) bare model: int8 in a worker, tight loop, sorted, tokens ready', bare.loop, {
      least: 0.9,
    }),
    {
      what: 'splitting and tokenizing alone, all notes',
      value: `${ms(bare.chunkMs)} (tokens a passage: all, a, b, c: ${tokens})`,
    },
  ];
}
