/** How texts and queries become terms, the same way on both sides. Pure. */
import { stem } from './stem.ts';

/** A word: letters, digits and marks of any script; apostrophes and underscores within. */
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’_][\p{L}\p{N}\p{M}]+)*/gu;
/** The same where a text has only ASCII, as most have: three times as fast. */
const ASCII_WORD = /[A-Za-z0-9]+(?:['_][A-Za-z0-9]+)*/g;
/** Whether a text needs the slower expression. */
export const BEYOND_ASCII = /[^\0-\x7f]/;
/** Scripts written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Scripts where two neighbouring characters are as good as a word. */
const IN_GRAMS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** Han alone: of two characters, one may be a word. */
const HAN = /\p{Script=Han}/u;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

export interface Term {
  /** What is compared: folded and stemmed. */
  term: string;
  /** The word itself, folded: what an unfinished or misspelt word is compared with. */
  word: string;
  /** Range in the text, UTF-16 units. */
  start: number;
  end: number;
}

/** Lower case, width and diacritics folded: `Café` and `cafe` are one term. */
export function fold(word: string): string {
  if (/^[A-Za-z0-9]+$/.test(word)) return word.toLowerCase();
  return word
    .normalize('NFKD')
    .replace(DIACRITICS, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[øœæłđı]/g, (letter) => WITHOUT_STROKE[letter]!)
    .replace(/['’]s$/, '')
    .replace(/['’]/g, '');
}
/** Not those of Thai or Japanese, where they make another letter. */
const DIACRITICS =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}]\p{M}*)\p{M}+/gu;
/** Letters that Unicode does not take apart. */
const WITHOUT_STROKE: Record<string, string> = { ø: 'o', œ: 'oe', æ: 'ae', ł: 'l', đ: 'd', ı: 'i' };

/** One word, folded and stemmed. */
export const toTerm = (word: string): string => stemOf(fold(word));

/** Most words of a text have been seen before; looking one up is a tenth of stemming it. */
const stems = new Map<string, string>();
/** Stems remembered; then all are forgotten. */
const MOST_STEMS = 32_768;
function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const made = stem(word);
  if (stems.size >= MOST_STEMS) stems.clear();
  stems.set(word, made);
  return made;
}

/** Words of a text with their places. Unspaced scripts are segmented, also single characters. */
export function* termsOf(text: string): Generator<Term> {
  const ascii = !BEYOND_ASCII.test(text);
  const unspaced = !ascii && UNSPACED.test(text);
  for (const match of text.matchAll(ascii ? ASCII_WORD : WORD)) {
    const raw = match[0];
    if (!unspaced || !UNSPACED.test(raw)) {
      const word = fold(raw);
      if (word)
        yield { term: stemOf(word), word, start: match.index, end: match.index + raw.length };
      continue;
    }
    for (const piece of segmenter.segment(raw)) {
      if (!piece.isWordLike) continue;
      const start = match.index + piece.index;
      const word = fold(piece.segment);
      yield { term: stemOf(word), word, start, end: start + piece.segment.length };
    }
  }
}

/**
 * Where words stand without spaces, or grow together: every two neighbouring characters, and each
 * Han character alone. So a word is found however its surroundings were segmented.
 */
export function* gramsOf(text: string): Generator<Term> {
  if (!IN_GRAMS.test(text)) return;
  for (const match of text.matchAll(WORD)) {
    if (!IN_GRAMS.test(match[0])) continue;
    let last = { char: '', start: 0 };
    let at = match.index;
    for (const char of match[0]) {
      const start = at;
      at += char.length;
      if (!IN_GRAMS.test(char)) {
        last = { char: '', start };
        continue;
      }
      const own = fold(char);
      if (HAN.test(char)) yield { term: own, word: own, start, end: at };
      const pair = fold(last.char + char);
      if (last.char) yield { term: pair, word: pair, start: last.start, end: at };
      last = { char, start };
    }
  }
}

/** A text's terms in order, each as often as it stands there. */
export const tokenizeToTerms = (text: string): string[] => Array.from(termsOf(text), (t) => t.term);

/** Folded, before stemming. */
const STOP_WORDS = new Set(
  `a an and are as at be but by can did do does for from had has have how i if in into is it its
  me my no not of on or our so than that the their them then there these they this to was we were
  what when where which who whose why will with you your`.split(/\s+/),
);

/** Stop words as terms. */
const FILLER = new Set([...STOP_WORDS].map(stemOf));
/** Of a term: whether it says nothing by itself. So do bare numbers, and single Latin letters. */
export const isFiller = (term: string): boolean =>
  FILLER.has(term) || /^([\d.]+|[a-z])$/.test(term);

/** The query's words without filler; all of them when nothing else is left. */
export function contentWords(query: string): { term: string; word: string }[] {
  const seen = new Set<string>();
  const all = [...termsOf(query)].filter(({ term }) => !seen.has(term) && seen.add(term));
  const content = all.filter(({ word }) => !STOP_WORDS.has(word));
  return (content.length > 0 ? content : all).map(({ term, word }) => ({ term, word }));
}
