/** How often a term stands in each cluster's notes. */
export interface TermCounts {
  term: string;
  /** Notes that have it, by cluster. */
  notes: Uint32Array;
  /** Notes that have it in the title, by cluster. */
  titles: Uint32Array;
}

const WORDS = 3;
/** A word of a title names what a note is about. */
const TITLE_WEIGHT = 3;

/**
 * The words that tell each cluster from the others: how common in it, times how rare elsewhere
 * (class-based tf-idf). Pure.
 * @param sizes notes by cluster
 * @returns terms by cluster, best first
 */
export function labelTerms(counts: Iterable<TermCounts>, sizes: readonly number[]): string[][] {
  const best = sizes.map((): { term: string; score: number }[] => []);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  for (const { term, notes, titles } of counts) {
    let everywhere = 0;
    for (let c = 0; c < sizes.length; c++) everywhere += notes[c]!;
    for (let c = 0; c < sizes.length; c++) {
      const inside = notes[c]!;
      if (inside === 0 || (inside === 1 && sizes[c]! > 3)) continue;
      const share = (inside + TITLE_WEIGHT * titles[c]!) / sizes[c]!;
      // Of the notes with the word, how many are here, against how many of all notes are.
      const lift = inside / everywhere / (sizes[c]! / total);
      const score = share * Math.log(1 + total / everywhere) * (sizes.length > 1 ? lift : 1);
      const row = best[c]!;
      if (row.length === WORDS && score <= row[WORDS - 1]!.score) continue;
      row.push({ term, score });
      row.sort((a, b) => b.score - a.score || (a.term < b.term ? -1 : 1));
      row.length = Math.min(row.length, WORDS);
    }
  }
  return best.map((row) => row.map(({ term }) => term));
}
