/** Two score lists become one. Pure. */

/** A score x in standard deviations is (x − mean) · factor. */
export interface Scale {
  mean: number;
  factor: number;
}

/**
 * How scores lie among `population` notes. A note without a score (NaN, or none at all) counts as 0.
 * Where all are alike there is nothing to tell: then the factor is 0.
 */
export function scaleOf(scores: ArrayLike<number>, population: number): Scale {
  let known = 0;
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (Number.isNaN(score) || score === 0) continue;
    known++;
    sum += score;
  }
  const others = Math.max(0, population - known);
  const n = known + others;
  const mean = n > 0 ? sum / n : 0;
  let squares = others * mean ** 2;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (Number.isNaN(score) || score === 0) continue;
    squares += (score - mean) ** 2;
  }
  const deviation = n > 0 ? Math.sqrt(squares / n) : 0;
  return { mean, factor: tells(deviation, mean) ? 1 / deviation : 0 };
}

/** The same of scores whose spread is known; the rest of the population counts as their mean. */
export function spreadScale(
  { mean, deviation }: { mean: number; deviation: number },
  known: number,
  population: number,
): Scale {
  const spread = deviation * Math.sqrt(known / Math.max(1, known, population));
  return { mean, factor: tells(spread, mean) ? 1 / spread : 0 };
}

/** Rounding alone must not be blown up to a difference. */
const tells = (deviation: number, mean: number): boolean =>
  deviation > 1e-9 * Math.max(1, Math.abs(mean));

export interface Scored {
  id: string;
  score: number;
}

/** Best first; equal scores by id, so that the order is stable. */
export const byScore = (a: Scored, b: Scored): number =>
  b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * The first `most` of the numbers below `count` by a total order, without sorting the rest.
 * @param compare below 0 where the first number comes first
 */
export function firstOf<T extends number = number>(
  count: number,
  most: number,
  compare: (a: T, b: T) => number,
): T[] {
  if (most >= count) return Array.from({ length: count }, (_, i) => i as T).sort(compare);
  const best: T[] = [];
  for (let i = 0 as T; i < count; i++) {
    if (best.length >= most && (most <= 0 || compare(i, best[best.length - 1]!) >= 0)) continue;
    let low = 0;
    for (let high = best.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (compare(i, best[middle]!) < 0) high = middle;
      else low = middle + 1;
    }
    best.splice(low, 0, i);
    if (best.length > most) best.pop();
  }
  return best;
}
