/** When deleted notes go for good. Pure: all times are epoch ms, and passed in. */

/** How long deleted notes are kept, ms: 30 days. */
export const TRASH_KEPT_MS = 30 * 24 * 60 * 60_000;

/** What is remembered of the starts of the app, by workspace. */
export interface Starts {
  /** First start of a version that purges: nobody's 30 days begin earlier. */
  since: number;
  /** Time of the last start, by the clock as it was then. */
  last: number;
}

/** Key in `kv` of the `Starts`. */
export const STARTS = 'trash-starts';

/** Which deleted note is meant: restored and deleted again, it has another time. */
export interface TrashedAt {
  id: string;
  at: number;
}

/** When a note that was deleted at `at` goes for good. */
export const goesAt = (at: number, since: number): number => Math.max(at, since) + TRASH_KEPT_MS;

/**
 * What a start may purge. It is judged by the earlier one of two clocks, this start's and that of
 * the start before: after a jump forward nothing is due until a later start agrees that it is so
 * late.
 * @param known as returned by the start before; undefined at the first one
 * @returns what to remember, and what is due
 */
export function planPurge<T extends TrashedAt>(
  known: Starts | undefined,
  trashed: readonly T[],
  now: number,
): { starts: Starts; due: T[] } {
  if (!known) return { starts: { since: now, last: now }, due: [] };
  const agreed = Math.min(now, known.last);
  // Two starts agree that the first one's clock was ahead: its 30 days would begin too late.
  const since = Math.min(known.since, Math.max(now, known.last));
  const due = trashed.filter(({ at }) => goesAt(at, since) <= agreed);
  return { starts: { ...known, since, last: now }, due };
}
