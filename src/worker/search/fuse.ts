/** Two score lists become one. Pure. */

/**
 * Scores as standard deviations from their mean over `population` notes. A note without a score
 * counts as `missing`. Where all are alike there is nothing to tell: 0 for each.
 */
export function zScores(
  scores: ReadonlyMap<string, number>,
  population: number,
  missing: number,
): (note: string) => number {
  const others = Math.max(0, population - scores.size);
  const n = scores.size + others;
  let sum = missing * others;
  for (const score of scores.values()) sum += score;
  const mean = n > 0 ? sum / n : 0;
  let squares = others * (missing - mean) ** 2;
  for (const score of scores.values()) squares += (score - mean) ** 2;
  const deviation = n > 0 ? Math.sqrt(squares / n) : 0;
  // Rounding alone must not be blown up to a difference.
  if (!(deviation > 1e-9 * Math.max(1, Math.abs(mean)))) return () => 0;
  return (note) => ((scores.get(note) ?? missing) - mean) / deviation;
}

export interface Scored {
  id: string;
  score: number;
}

/** Best first; equal scores by id, so that the order is stable. */
export const byScore = (a: Scored, b: Scored): number =>
  b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The first `most` by score, without sorting the rest. */
export function bestOf<T extends Scored>(all: readonly T[], most: number): T[] {
  const best: T[] = [];
  for (const one of all) {
    const last = best.at(-1);
    if (best.length >= most && last && byScore(one, last) >= 0) continue;
    let at = best.length;
    while (at > 0 && byScore(one, best[at - 1]!) < 0) at--;
    best.splice(at, 0, one);
    if (best.length > most) best.pop();
  }
  return best;
}

/**
 * A literal hit is never lost: notes that have every word of the query stand above all notes that
 * share none with it and only seem alike. Order is otherwise kept.
 * @param literal whether a note has all of the words
 * @param shares whether it has any
 */
export function keepLiteralHits<T extends { id: string }>(
  ranked: readonly T[],
  literal: (id: string) => boolean,
  shares: (id: string) => boolean,
): T[] {
  const lastLiteral = ranked.findLastIndex(({ id }) => literal(id));
  const above = ranked.slice(0, lastLiteral + 1);
  const demoted = above.filter(({ id }) => !shares(id));
  const kept = above.filter(({ id }) => shares(id));
  return [...kept, ...demoted, ...ranked.slice(lastLiteral + 1)];
}
