/** How texts and queries become terms, the same way on both sides. Pure. */

const WORD = /[\p{L}\p{N}\p{M}]+(?:['’_][\p{L}\p{N}\p{M}]+)*/gu;
/** Scripts written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

export interface Term {
  term: string;
  /** Range in the text, UTF-16 units. */
  start: number;
  end: number;
}

/** Lower case, width and diacritics folded: `Café` and `cafe` are one term. */
export function fold(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .normalize('NFC');
}

/** Folded, and brought to one form of plural and possessive: light, so that names survive. */
export function toTerm(word: string): string {
  const folded = fold(word)
    .replace(/['’]s$/, '')
    .replace(/['’]/g, '');
  if (folded.length > 4 && folded.endsWith('ies')) return `${folded.slice(0, -3)}y`;
  if (folded.length > 4 && /(?:ss|sh|ch|x|z)es$/.test(folded)) return folded.slice(0, -2);
  if (folded.length > 3 && /[^siu]s$/.test(folded)) return folded.slice(0, -1);
  return folded;
}

/** Words of a text with their places. Unspaced scripts are segmented, also single characters. */
export function* termsOf(text: string): Generator<Term> {
  for (const match of text.matchAll(WORD)) {
    const word = match[0];
    if (!UNSPACED.test(word)) {
      const term = toTerm(word);
      if (term) yield { term, start: match.index, end: match.index + word.length };
      continue;
    }
    for (const piece of segmenter.segment(word)) {
      if (!piece.isWordLike) continue;
      const start = match.index + piece.index;
      yield { term: toTerm(piece.segment), start, end: start + piece.segment.length };
    }
  }
}

export const tokenizeToTerms = (text: string): string[] => Array.from(termsOf(text), (t) => t.term);

const STOP_WORDS = new Set(
  `a an and are as at be but by can did do does for from had has have how i if in into is it its
  me my no not of on or our so than that the their them then there these they this to was we were
  what when where which who whose why will with you your`.split(/\s+/),
);

/** The query's terms without filler words; all of them when nothing else is left. */
export function contentTerms(query: string): string[] {
  const all = [...new Set(tokenizeToTerms(query))];
  const content = all.filter((term) => !STOP_WORDS.has(term));
  return content.length > 0 ? content : all;
}
