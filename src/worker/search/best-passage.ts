/** Which passage of a note is shown for the words that it has. Pure. */
import type { StoredPassage } from '../../storage/schema.ts';
import { termsAtMost, termsFound } from './snippet.ts';

/** For each word that was found, what stands for it, and what each says (`KeywordHit`). */
export type FoundWords = readonly ReadonlyMap<string, number>[];

/** A word in a heading above says a little less than one in the passage, which can be read. */
const IN_HEADING = 0.9;

export interface BestPassage {
  passage: StoredPassage;
  /** What its own words say; 0 where they stand in its headings alone, or nowhere. */
  inText: number;
  /** The same with its headings. */
  weight: number;
}

/** What the words say that stand in a text or, for less, in the headings above it. */
export function weightOf(
  words: FoundWords,
  inText: ReadonlySet<string>,
  inHeadings: ReadonlySet<string> = new Set(),
): number {
  let sum = 0;
  for (const word of words) {
    let most = 0;
    for (const [term, weight] of word) {
      if (inText.has(term)) most = Math.max(most, weight);
      else if (inHeadings.has(term)) most = Math.max(most, IN_HEADING * weight);
    }
    sum += most;
  }
  return sum;
}

/**
 * The passage whose words say most of the query's; among equals the one nearest in meaning, then the
 * first.
 *
 * @param textOf a passage's, as it is read
 * @param near the nearest in meaning, if one is known
 */
export function bestPassage(
  passages: readonly StoredPassage[],
  textOf: (passage: StoredPassage) => string,
  words: FoundWords,
  near: StoredPassage | undefined,
): BestPassage | null {
  const wanted = new Set(words.flatMap((word) => [...word.keys()]));
  const byHeadings = new Map<string, ReadonlySet<string>>();
  const inHeadings = ({ headings }: StoredPassage): ReadonlySet<string> => {
    const joined = headings.join('\n');
    const known = byHeadings.get(joined) ?? termsFound(joined, wanted);
    byHeadings.set(joined, known);
    return known;
  };
  let best: BestPassage | null = null;
  for (const passage of passages) {
    const isNear = passage === near;
    const text = wanted.size > 0 ? textOf(passage) : '';
    const head = wanted.size > 0 ? inHeadings(passage) : wanted;
    const most = weightOf(words, termsAtMost(text, wanted), head);
    if (best && (most < best.weight || (most === best.weight && !isNear))) continue;
    const found = termsFound(text, wanted);
    const weight = weightOf(words, found, head);
    if (best && (weight < best.weight || (weight === best.weight && !isNear))) continue;
    best = { passage, weight, inText: weightOf(words, found) };
  }
  return best;
}
