/** Search by words alone, for tests and measurements; the app ranks by meaning, too. */

import type { NoteSlot } from '../../src/worker/search/branded-numbers.ts';
import type { KeywordIndex } from '../../src/worker/search/keyword.ts';
import type { KeywordHit } from '../../src/worker/search/keyword-match.ts';

export interface WordHit extends KeywordHit {
  note: string;
  score: number;
  /** Share of the query's content words that the note has, 0 to 1; then weighted by what each tells. */
  coverage: number;
  share: number;
}

/** The best `limit` notes, best first, equal ones by id. @param typing the last word may be unfinished */
export function byWords(
  index: KeywordIndex,
  query: string,
  limit: number,
  typing = true,
): WordHit[] {
  const match = index.match(query, typing);
  const all: { note: string; slot: NoteSlot; score: number }[] = [];
  for (let slot = 0 as NoteSlot; slot < match.slots; slot++) {
    const score = match.scoresBySlot[slot]!;
    const note = score > 0 ? index.idAt(slot) : undefined;
    if (note !== undefined) all.push({ note, slot, score });
  }
  return all
    .sort((a, b) => b.score - a.score || (a.note < b.note ? -1 : 1))
    .slice(0, limit)
    .map(({ note, slot, score }) => ({
      note,
      score,
      coverage: match.coverageAt(slot),
      share: match.shareAt(slot),
      ...match.hit(note)!,
    }));
}
