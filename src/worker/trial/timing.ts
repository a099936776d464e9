import type { Embedder } from '../embedder.ts';
import { TIMED_TEXTS } from './probe-texts.ts';

/** How often a batch is timed; the best counts, as something else may run beside it. */
const RUNS = 3;

/** @returns milliseconds a passage of usual length, after a first run that is not counted */
export async function msPerPassage(
  embedder: Embedder,
  ticks: () => number,
  single = false,
): Promise<number> {
  const all = TIMED_TEXTS.map((text) => embedder.encode(text, 'passage'));
  const batches = single ? all.map((ids) => [ids]) : [all];
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run <= RUNS; run++) {
    const began = ticks();
    for (const batch of batches) await embedder.embed(batch);
    if (run > 0) best = Math.min(best, ticks() - began);
  }
  return best / all.length;
}
