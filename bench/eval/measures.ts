/** What a ranking is worth. Pure. */

export interface Measures {
  ndcg10: number;
  recall10: number;
  recall100: number;
}

/** @param ranking note ids, best first; at least 100 where there are as many. */
export function measure(ranking: readonly string[], relevant: ReadonlySet<string>): Measures {
  let gain = 0;
  let ideal = 0;
  for (let i = 0; i < 10; i++) {
    const discount = 1 / Math.log2(i + 2);
    if (i < relevant.size) ideal += discount;
    const id = ranking[i];
    if (id !== undefined && relevant.has(id)) gain += discount;
  }
  const recall = (depth: number) =>
    ranking.slice(0, depth).filter((id) => relevant.has(id)).length / relevant.size;
  return { ndcg10: ideal ? gain / ideal : 0, recall10: recall(10), recall100: recall(100) };
}

export const mean = (values: readonly number[]): number =>
  values.length ? values.reduce((sum, x) => sum + x, 0) / values.length : 0;

export const meanOf = (all: readonly Measures[]): Measures => ({
  ndcg10: mean(all.map(({ ndcg10 }) => ndcg10)),
  recall10: mean(all.map(({ recall10 }) => recall10)),
  recall100: mean(all.map(({ recall100 }) => recall100)),
});

/**
 * Paired bootstrap: the middle 95 % of the mean difference over queries drawn anew with
 * replacement. The draws are always the same, so that equal results print equal intervals.
 */
export function bootstrap(differences: readonly number[], draws = 10_000): [number, number] {
  const random = mulberry32(differences.length + 1);
  const means = new Float64Array(draws);
  for (let d = 0; d < draws; d++) {
    let sum = 0;
    for (let i = 0; i < differences.length; i++) {
      sum += differences[Math.floor(random() * differences.length)]!;
    }
    means[d] = sum / Math.max(1, differences.length);
  }
  means.sort();
  return [means[Math.floor(draws * 0.025)]!, means[Math.floor(draws * 0.975)]!];
}

/** Source: Tommy Ettinger's mulberry32, public domain. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
