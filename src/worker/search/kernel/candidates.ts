/**
 * Vectors up to which all are scored: a first pass over sign bits would cost more than it saves.
 */
const SCORE_ALL = 2_048;
/**
 * By measurement (docs/PERFORMANCE.md, "Vector search"): of 17,697 real passages 400 lose one in a
 * hundred of the nearest ten, 800 lose hardly any. Synthetic vectors do with fewer, up to a
 * million.
 */
const LEAST = 800;
/** Candidates at most. */
const MOST = 2_000;

/** How many slots the sign bits let through to be scored; 0: all. */
export function candidatesFor(size: number, k: number): number {
  if (size <= SCORE_ALL) return 0;
  // Results asked for in plenty need a margin of their own.
  return Math.max(2 * k, Math.min(MOST, Math.max(LEAST, Math.round(size / 100))));
}
