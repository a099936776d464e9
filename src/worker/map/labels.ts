import { toTerm } from '../../words/terms.ts';

/** How often a term stands in each cluster's notes. */
export interface TermCounts {
  term: string;
  /** Notes that have it, by cluster. */
  notes: Uint32Array;
  /** Notes that have it in the title, by cluster. */
  titles: Uint32Array;
}

/** Words that name a cluster at most. */
const WORDS = 3;
/** Candidates for these kept of each cluster: a tag and a word may turn out the same. */
const CANDIDATES = 2 * WORDS;
/** A word of a title names what a note is about. */
const TITLE_WEIGHT = 3;

/** In front of a term that is a tag: what a person calls a note says more than any word in it. */
const TAG = '#';

/**
 * How often each tag stands in each cluster's notes; a tag counts as if it were in the title too.
 */
export function tagCounts(
  tagsOf: (note: string) => readonly string[],
  clusterOf: ReadonlyMap<string, number>,
  clusters: number,
): TermCounts[] {
  const counts = new Map<string, Uint32Array>();
  for (const [note, at] of clusterOf) {
    for (const tag of new Set(tagsOf(note))) {
      const notes = counts.get(tag) ?? new Uint32Array(clusters);
      notes[at]!++;
      counts.set(tag, notes);
    }
  }
  return Array.from(counts, ([tag, notes]) => ({ term: `${TAG}${tag}`, notes, titles: notes }));
}

/**
 * A cluster's terms as words to show, each once: tags come without their mark.
 * @param words for a term, a word that it stands for
 */
export function labelWords(terms: readonly string[], words: ReadonlyMap<string, string>): string[] {
  const shown = new Map<string, string>();
  for (const term of terms) {
    const word = term.startsWith(TAG) ? term.slice(TAG.length) : (words.get(term) ?? term);
    if (!shown.has(word.toLowerCase())) shown.set(word.toLowerCase(), word);
  }
  return [...shown.values()].slice(0, WORDS);
}

/** Words of the calendar and of every note, as stems: true of a group, and say nothing of it. */
const WEAK = new Set(
  `again ask back best better call change come day days each enough even evening every find fine
    first five four get go good give half hour hours keep know last late little long look lower
    make minute minutes month need months morning much never new next note notes old once one only
    plan part people place put read right say second see set start still take tell ten thing
    things third three time times today tomorrow twice two use want way week weeks well work year
    years`
    .split(/\s+/)
    .map(toTerm),
);

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
    if (WEAK.has(term)) continue;
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
      if (row.length === CANDIDATES && score <= row[CANDIDATES - 1]!.score) continue;
      row.push({ term, score });
      row.sort((a, b) => b.score - a.score || (a.term < b.term ? -1 : 1));
      row.length = Math.min(row.length, CANDIDATES);
    }
  }
  return best.map((row) => row.map(({ term }) => term));
}
