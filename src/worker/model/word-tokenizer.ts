/** Longest word whose tokens are remembered, UTF-16 units; longer ones hardly ever come back. */
const MAX_CACHED = 48;
/** Words per cache generation; at most two generations are held. */
const CACHE_WORDS = 20_000;
/** Words with one plain space between them, as the chunker writes its passages. */
const PLAIN = /^[^\s]+(?: [^\s]+)*$/u;

/**
 * Remembers the tokens of words: no piece of this tokenizer spans a space, so those of a plain text
 * are those of its words, one after another. Other texts go to the tokenizer as they are.
 * @param encode the model's own tokenizer, without special tokens
 */
export function createWordTokenizer(
  encode: (text: string) => number[],
): (text: string) => number[] {
  let young = new Map<string, number[]>();
  let old = new Map<string, number[]>();
  const ofWord = (word: string): number[] => {
    if (word.length > MAX_CACHED) return encode(word);
    let ids = young.get(word);
    if (ids) return ids;
    ids = old.get(word) ?? encode(word);
    if (young.size >= CACHE_WORDS) {
      old = young;
      young = new Map();
    }
    young.set(word, ids);
    return ids;
  };
  return (text) => {
    if (!PLAIN.test(text)) return encode(text);
    const ids: number[] = [];
    for (const word of text.split(' ')) for (const id of ofWord(word)) ids.push(id);
    return ids;
  };
}

/** Tokenized both ways, whole and word by word, to see whether they agree. */
const SAMPLE = 'Two hundred grams of flour, a little salt; and (perhaps) some über-fresh yeast.';

/** Whether a tokenizer may be asked word by word: those of bytes put a space before each word. */
export const spansNoSpace = (
  encode: (text: string) => number[],
  byWord: (text: string) => number[],
): boolean => {
  const whole = encode(SAMPLE);
  const words = byWord(SAMPLE);
  return whole.length === words.length && whole.every((id, i) => id === words[i]);
};
