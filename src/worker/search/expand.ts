import { tokenizeToTerms } from '../../words/terms.ts';
import type { KeywordIndex } from './keyword.ts';

/** Terms that expand a query at most; measured in docs/RANKING.md. */
const MOST_TERMS = 15;
/** Weight of the best of them, of a word of the query; measured there. */
const STRENGTH = 0.5;
/** Share of the notes above which a term is too common to tell what a text is about. */
const MOST_COMMON = 0.2;
/** Notes below which a term is too rare: it may be a slip. */
const LEAST_NOTES = 2;
/** Shortest term taken, UTF-16 units. */
const LEAST_LENGTH = 3;
/** Least weight of a passage, as a share of the first one's. */
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
