/** How many of the nearest passages the app's index finds, compared with exact float32. */
import { quantise } from '../../src/worker/model/quantise.ts';
import { openVectorStore } from '../../src/worker/search/kernel/open-store.ts';

/** As `Resident` takes its mean from. */
const MEAN_SAMPLE = 20_000;

/**
 * Share of the exact `k` nearest rows that the index names, over all queries.
 * @param rows unit vectors of equal length, as are the queries
 */
export function recallOf(
  rows: readonly Float32Array[],
  queries: readonly Float32Array[],
  k: number,
): number {
  const store = openVectorStore(rows[0]!.length);
  for (const row of rows) {
    const { codes, scale } = quantise(row);
    store.add(codes, scale);
  }
  store.setMean(store.meanOfAll(MEAN_SAMPLE));
  store.recode(Number.POSITIVE_INFINITY);
  let found = 0;
  for (const query of queries) {
    const scores = rows.map((row) => {
      let sum = 0;
      for (let i = 0; i < row.length; i++) sum += row[i]! * query[i]!;
      return sum;
    });
    const least = scores.toSorted((a, b) => b - a)[k - 1]!;
    // Equal scores are equally right.
    for (const slot of store.topK(query, k).slots) if (scores[slot]! >= least) found++;
  }
  return found / (queries.length * k);
}
