export interface Ranked {
  id: string;
  /** How much this place in the list counts, 0 to 1. */
  weight: number;
}

/**
 * Reciprocal rank fusion: each list adds weight / (k + rank) to what it names. Pure; ties by id, so
 * the order is stable. Source: Cormack, Clarke, Büttcher, SIGIR 2009 (k = 60); the weights are ours:
 * a note that shares one common word with the query should not count like one that has them all.
 */
export function reciprocalRankFusion(
  lists: readonly (readonly Ranked[])[],
  k = 60,
): { id: string; score: number }[] {
  const scores = new Map<string, number>();
  for (const list of lists) {
    list.forEach(({ id, weight }, rank) => {
      scores.set(id, (scores.get(id) ?? 0) + weight / (k + rank + 1));
    });
  }
  return [...scores]
    .map(([id, score]) => ({ id, score }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

/**
 * A literal hit is never lost: notes that have every word of the query stand above all notes that
 * share none with it and only seem alike. Order is otherwise kept.
 */
export function keepLiteralHits<T extends { id: string }>(
  ranked: readonly T[],
  coverage: ReadonlyMap<string, number>,
): T[] {
  const lastLiteral = ranked.findLastIndex(({ id }) => coverage.get(id) === 1);
  const above = ranked.slice(0, lastLiteral + 1);
  const demoted = above.filter(({ id }) => !coverage.has(id));
  const kept = above.filter(({ id }) => coverage.has(id));
  return [...kept, ...demoted, ...ranked.slice(lastLiteral + 1)];
}
