/** Up to so many slots all are scored: the first pass would cost more than it saves. */
export const SCORE_ALL = 2_048;

/**
 * How many slots the sign bits let through to be scored. By measurement (docs/PERFORMANCE.md,
 * "Search"): 400 suffice for 100,000, a million needs more, and results asked for in plenty need
 * a margin of their own.
 */
export function candidatesFor(size: number, k: number): number {
  if (size <= SCORE_ALL) return 0;
  return Math.max(400, 2 * k, Math.min(2_000, Math.round(size / 500)));
}
