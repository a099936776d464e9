import type { KeywordIndex } from './keyword.ts';
import { tokenizeToTerms } from './terms.ts';

/** Terms taken from the first results, and what the best of them counts of a word of the query. */
const MOST_TERMS = 15;
const STRENGTH = 0.5;
/** In more notes than this share, or in one alone, a word does not tell what a text is about. */
const MOST_COMMON = 0.2;
const LEAST_NOTES = 2;
const LEAST_LENGTH = 3;
/** The last of them counts at least this much of the first. */
const LEAST_TRUST = 0.1;

/**
 * Words that the best passages of the first results have in common beyond what the collection has:
 * pseudo-relevance feedback (Rocchio; Lavrenko and Croft, SIGIR 2001), a local, weighted kind.
 * @param passages titles and texts with their notes' scores, best first: they count as those do
 * @returns weights by term, 0 to STRENGTH
 */
export function expansionTerms(
  passages: readonly { text: string; score: number }[],
  index: Pick<KeywordIndex, 'frequency' | 'idf' | 'size'>,
): Map<string, number> {
  const sums = new Map<string, number>();
  const top = passages[0]?.score ?? 0;
  for (const { text, score } of passages) {
    const trust = top > 0 ? Math.max(LEAST_TRUST, score / top) : 1;
    const counts = new Map<string, number>();
    for (const term of tokenizeToTerms(text)) counts.set(term, (counts.get(term) ?? 0) + 1);
    for (const [term, count] of counts) {
      const notes = index.frequency(term);
      if (notes < LEAST_NOTES || notes > MOST_COMMON * index.size) continue;
      if (term.length < LEAST_LENGTH) continue;
      const gain = trust * (count / (count + 1.2)) * index.idf(term);
      sums.set(term, (sums.get(term) ?? 0) + gain);
    }
  }
  const best = [...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, MOST_TERMS);
  const most = best[0]?.[1] ?? 1;
  return new Map(best.map(([term, sum]) => [term, (STRENGTH * sum) / most]));
}
