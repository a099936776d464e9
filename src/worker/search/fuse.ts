/**
 * Reciprocal rank fusion: each list adds 1 / (k + rank) to what it names. Pure; ties by id, so the
 * order is stable. Source: Cormack, Clarke, Büttcher, SIGIR 2009 (k = 60).
 */
export function reciprocalRankFusion(
  lists: readonly (readonly string[])[],
  k = 60,
): { id: string; score: number }[] {
  const scores = new Map<string, number>();
  for (const list of lists) {
    list.forEach((id, rank) => {
      scores.set(id, (scores.get(id) ?? 0) + 1 / (k + rank + 1));
    });
  }
  return [...scores]
    .map(([id, score]) => ({ id, score }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
