/** Token count of `text` as the model's own tokenizer sees it, without special tokens. */
export type CountTokens = (text: string) => number;

/** Longest run of UTF-16 code units given to `encode` at once. */
const MAX_WORD = 256;
/** Longest word whose count is remembered, UTF-16 units; longer ones hardly ever come back. */
const MAX_CACHED = 48;
/** Words per cache generation; at most two generations are held. */
const CACHE_WORDS = 20_000;

/**
 * Makes a cheap counter out of a tokenizer.
 *
 * The count is the sum over whitespace-separated words, each counted with its own leading ▁.
 * SentencePiece unigram pieces never span spaces here, so that sum is never below the real count.
 * Words beyond 256 UTF-16 code units are counted in slices. Counts are cached per word, bounded.
 *
 * @param encode number of tokens of one word (no whitespace, 1 to 256 UTF-16 code units);
 *   what it throws is passed on.
 */
export function createTokenCounter(encode: (text: string) => number): CountTokens {
  let young = new Map<string, number>();
  let old = new Map<string, number>();

  const countWord = (word: string): number => {
    if (word.length > MAX_WORD) {
      let sum = 0;
      for (let at = 0; at < word.length; ) {
        const end = sliceEnd(word, at, MAX_WORD);
        sum += encode(word.slice(at, end));
        at = end;
      }
      return sum;
    }
    if (word.length > MAX_CACHED) return encode(word);
    let count = young.get(word);
    if (count !== undefined) return count;
    count = old.get(word) ?? encode(word);
    // Two generations: words in use survive a turn-over, without the bookkeeping of a true LRU.
    if (young.size >= CACHE_WORDS) {
      old = young;
      young = new Map();
    }
    young.set(word, count);
    return count;
  };

  return (text) => {
    let sum = 0;
    for (const word of text.match(/\S+/g) ?? []) sum += countWord(word);
    return sum;
  };
}

/**
 * End of a slice of at most `max` UTF-16 code units from `at`, never between the two halves of a
 * surrogate pair. Always beyond `at`, so a pair is taken whole even where `max` is 1.
 */
export function sliceEnd(text: string, at: number, max: number): number {
  const end = at + max;
  if (end >= text.length) return text.length;
  if (!splitsPair(text, end)) return end;
  return end - 1 > at ? end - 1 : end + 1;
}

/** Whether offset `at` lies between the two halves of a surrogate pair. */
export function splitsPair(text: string, at: number): boolean {
  return (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
