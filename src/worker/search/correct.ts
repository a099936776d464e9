/** A query with one misspelt word put right. Pure. */
import { parseQuery } from '../../query.ts';
import { wordsOf } from '../../words/terms.ts';

/** Shortest word that is put right, letters. */
const LEAST_LETTERS = 5;

interface Vocabulary {
  /** Whether a note has a word, or one of its forms. */
  knows(term: string): boolean;
  /** The words of the notes that are one edit away. */
  oneEditFrom(word: string): string[];
}

/**
 * The query with its first finished word that no note has put right, if just one word of the notes is one
 * edit away. Letters alone, not all in capitals: anything else is meant as it is.
 *
 * @returns null where there is nothing to put right
 */
export function correctedQuery(
  raw: string,
  words: Vocabulary,
): { query: string; word: string; by: string } | null {
  const { pieces } = parseQuery(raw);
  for (const { term, start, end } of wordsOf(raw)) {
    const word = raw.slice(start, end);
    if (word.length < LEAST_LETTERS || !/^\p{L}+$/u.test(word)) continue;
    if (word === word.toUpperCase() && word !== word.toLowerCase()) continue;
    // What filters or quotes say is not touched, nor what is a part of something.
    if (pieces.some((piece) => start < piece.end && end > piece.start)) continue;
    if (/\S/.test(raw.charAt(start - 1)) || !/^[,.;:!?]*(?:\s|$)/.test(raw.slice(end, end + 4)))
      continue;
    if (words.knows(term)) continue;
    const others = words.oneEditFrom(word.toLowerCase());
    if (others.length !== 1) continue;
    const by = others[0]!;
    return { query: raw.slice(0, start) + by + raw.slice(end), word, by };
  }
  return null;
}
