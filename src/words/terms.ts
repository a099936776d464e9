/**
 * How texts and queries become terms, the same way on both sides, and for what is marked. Pure. What
 * a word is stands in docs/RANKING.md, "Words".
 */
import { segmentsOf } from '../segments.ts';
import { datesIn, hasHumps, humpsOf, otherForms, takeApart } from './compound.ts';
import { fold, UNSEEN } from './fold.ts';
import { phonesIn, withoutZero } from './phones.ts';
import { stem } from './stem.ts';

export { fold } from './fold.ts';

const LETTERS = `[\\p{L}\\p{N}\\p{M}${UNSEEN}\u200D]`;
/** Signs that stand within a word; a comma only between a number's thousands. */
const WITHIN = `['’ʼ‘＇_.\\-‐‑\u200C]|(?<=\\p{Nd}),(?=\\p{Nd}{3}(?!\\p{Nd}))`;
const EMOJI =
  '\\p{RI}\\p{RI}|\\p{Extended_Pictographic}(?:\\uFE0F|\\p{EMod})*(?:\\u200D\\p{Extended_Pictographic}(?:\\uFE0F|\\p{EMod})*)*';
/** A run: letters, digits and marks of any script with single signs between them; or an emoji. */
const RUN = new RegExp(`[\\p{L}\\p{N}]${LETTERS}*(?:(?:${WITHIN})${LETTERS}+)*|${EMOJI}`, 'gu');
/** The same where a text has only ASCII, as most have: three times as fast. */
const ASCII_RUN = /[A-Za-z0-9]+(?:(?:['_.-]|(?<=\d),(?=\d{3}(?!\d)))[A-Za-z0-9]+)*/g;
/** A run that is one word. */
const ONE_WORD = /^[A-Za-z0-9]+$/;
/** Whether a text needs the slower expression. */
export const BEYOND_ASCII = /[^\0-\x7f]/;
const IS_EMOJI = /^(?:\p{RI}|\p{Extended_Pictographic})/u;
/** Scripts written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Scripts where two neighbouring characters are as good as a word. */
const IN_GRAMS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** Of these, one character may be a word. */
const ALONE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

export interface Term {
  /** What is compared: folded and stemmed. */
  term: string;
  /** The word itself, folded: what an unfinished or misspelt word is compared with. */
  word: string;
  /** Range in the text, UTF-16 units. */
  start: number;
  end: number;
  /**
   * Not one of the words in their order, but another way to read some of them: the whole of `foo_bar`,
   * a word within `getUserName`.
   */
  beside?: true;
}

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

/** At the end of the term of what stands beside: so a word in order counts for more than one within. */
const BESIDE = '·';

/** The same term of a word in order. */
const inOrder = (term: string): string => (term.endsWith(BESIDE) ? term.slice(0, -1) : term);
/** A term as a word in order, and as one beside. */
export const twinsOf = (term: string): [inOrder: string, beside: string] => [
  inOrder(term),
  inOrder(term) + BESIDE,
];

const besideOf = (word: string, start: number, end: number): Term => ({
  term: stemOf(word) + BESIDE,
  word,
  start,
  end,
  beside: true,
});

/** Words of a text with their places, and beside them the other ways to read them. */
export function* termsOf(text: string): Generator<Term> {
  const ascii = !BEYOND_ASCII.test(text);
  const unspaced = !ascii && UNSPACED.test(text);
  for (const { 0: run, index } of text.matchAll(ascii ? ASCII_RUN : RUN)) {
    const end = index + run.length;
    if (ONE_WORD.test(run)) {
      yield* oneWord(run, index, end);
    } else if (!ascii && IS_EMOJI.test(run)) {
      yield* emoji(run, index);
      continue;
    } else if (unspaced && UNSPACED.test(run)) {
      yield* segmented(run, index);
    } else {
      yield* compound(run, index);
    }
    const signed = withSigns(text, index, end);
    if (signed) yield signed;
  }
  if (/\d/.test(text)) {
    for (const { numbers, from, to } of phonesIn(text)) {
      for (const number of numbers) yield besideOf(number, from, to);
    }
  }
}

function* oneWord(raw: string, start: number, end: number): Generator<Term> {
  const word = fold(raw);
  if (!word) return;
  yield { term: stemOf(word), word, start, end };
  if (hasHumps(raw)) {
    for (const { from, to } of humpsOf(raw)) {
      yield besideOf(fold(raw.slice(from, to)), start + from, start + to);
    }
  }
  if (word.length >= 8 && word.charCodeAt(0) < 58) {
    for (const date of datesIn(word)) yield besideOf(date, start, end);
  }
  if (word.charCodeAt(0) > 127 || BEYOND_ASCII.test(word)) {
    for (const form of otherForms(word)) yield besideOf(form, start, end);
  }
}

function* compound(run: string, index: number): Generator<Term> {
  const { parts, whole, pairs } = takeApart(run);
  for (const { from, to } of parts) yield* oneWord(run.slice(from, to), index + from, index + to);
  const end = index + run.length;
  if (whole) {
    const word = fold(whole);
    if (word) yield besideOf(word, index, end);
  }
  for (const { text, from, to } of pairs) yield besideOf(text, index + from, index + to);
}

function* segmented(run: string, index: number): Generator<Term> {
  for (const piece of segmentsOf(run, 'word')) {
    if (!piece.isWordLike) continue;
    const start = index + piece.index;
    const word = fold(piece.segment);
    yield { term: stemOf(word), word, start, end: start + piece.segment.length };
  }
}

/** Signs of an emoji that say how it looks. */
const LOOKS = /[\uFE0F\p{EMod}]/gu;

/** An emoji as it is, without its looks, and what it is joined of. */
function* emoji(run: string, start: number): Generator<Term> {
  const end = start + run.length;
  const word = run.replaceAll('\uFE0F', '');
  yield { term: word, word, start, end };
  const plain = run.replace(LOOKS, '');
  const beside = new Set([plain, ...plain.split('\u200D')]);
  beside.delete(word);
  for (const one of beside) if (one) yield besideOf(one, start, end);
}

/** A word with the signs that belong to it: `C++`, `C#`, `.NET`, `#42`, `@name`. */
function withSigns(text: string, start: number, end: number): Term | null {
  const next = text[end];
  if (next === '+' || next === '#') {
    const sign = next === '+' && text[end + 1] === '+' ? '++' : next;
    const to = end + sign.length;
    if (end - start <= 10 && !isPart(text[to])) {
      return besideOf(fold(text.slice(start, end)) + sign, start, to);
    }
  }
  const sign = text[start - 1];
  if (sign !== '.' && sign !== '#' && sign !== '@') return null;
  if (isPart(text[start - 2]) || text[start - 2] === sign) return null;
  const raw = text.slice(start, end);
  const fits = sign === '#' ? /^\d+$/.test(raw) : /^\p{L}/u.test(raw);
  return fits ? besideOf(sign + fold(raw), start - 1, end) : null;
}

const isPart = (char: string | undefined): boolean =>
  char !== undefined && /[\p{L}\p{N}+#@./\\-]/u.test(char) && !(char === '.' || char === '-');

/** The words of a text in their order, without what is beside them. */
export function* wordsOf(text: string): Generator<Term> {
  for (const term of termsOf(text)) if (!term.beside) yield term;
}

/**
 * Where words stand without spaces, or grow together: every two neighbouring characters, and each
 * Han character and kana alone. So a word is found however its surroundings were segmented.
 */
export function* gramsOf(text: string): Generator<Term> {
  if (!IN_GRAMS.test(text)) return;
  for (const match of text.matchAll(RUN)) {
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
      if (ALONE.test(char)) yield { term: own, word: own, start, end: at };
      const pair = fold(last.char + char);
      if (last.char) yield { term: pair, word: pair, start: last.start, end: at };
      last = { char, start };
    }
  }
}

/** A text's words as terms, in order, each as often as it stands there. */
export const tokenizeToTerms = (text: string): string[] => Array.from(wordsOf(text), (t) => t.term);

/** Folded, before stemming. */
const STOP_WORDS = new Set(
  `a an and are as at be but by can did do does for from had has have how i if in into is it its
  me my no not of on or our so than that the their them then there these they this to was we were
  what when where which who whose why will with you your`.split(/\s+/),
);

/** Stop words as terms. */
const FILLER = new Set([...STOP_WORDS].map(stemOf));
/**
 * Of a term: whether it says nothing by itself. So do bare numbers and single Latin letters, and what
 * stands beside other words.
 */
export const isFiller = (term: string): boolean =>
  FILLER.has(term) || term.endsWith(BESIDE) || /^([\d.]+|[a-z])$/.test(term);

/** One word of a query. */
export interface QueryWord {
  term: string;
  word: string;
  /** Terms that say the same, and more of it: the whole that it is part of. */
  wholes: string[];
  /** Terms that stand for it where no note has it: the words within it. */
  within: string[];
  /** Terms that say the same, a little less surely: another form of it. */
  forms: string[];
  /** Every word that begins so is meant: `app*`. */
  isPrefix: boolean;
  /** Where it ends in the query, UTF-16 units. */
  end: number;
}

/** The query's words without filler; all of them when nothing else is left. */
export function contentWords(query: string): QueryWord[] {
  const all: (QueryWord & { start: number })[] = [];
  const beside: Term[] = [];
  for (const term of termsOf(query)) {
    if (term.beside) beside.push(term);
    else {
      const { start, end, word } = term;
      const forms = withoutZero(word);
      const isPrefix = query[end] === '*' && query[start - 1] !== '*';
      all.push({ term: term.term, word, wholes: [], within: [], forms, isPrefix, start, end });
    }
  }
  for (const { term, start, end } of beside) {
    for (const one of all) {
      if (inOrder(term) === one.term) continue;
      const isSame = start === one.start && end === one.end;
      if (isSame) one.forms.push(term);
      else if (start <= one.start && end >= one.end) one.wholes.push(term);
      else if (start >= one.start && end <= one.end) one.within.push(inOrder(term));
    }
  }
  const seen = new Set<string>();
  const once = all.filter(({ term }) => !seen.has(term) && seen.add(term));
  const content = once.filter(({ word }) => !STOP_WORDS.has(word));
  return content.length > 0 ? content : once;
}

/**
 * What the platform makes of texts without spaces: where another version makes something else of
 * them, what was indexed is made anew.
 */
export const segmenterMark = (): string =>
  Array.from(
    segmentsOf('今日は雨が降る。我喜欢读书。ฉันชอบอ่านหนังสือ', 'word'),
    ({ index }) => index,
  ).join();
