/** A run of characters without a space that is one word and several: `foo_bar`, `e-mail`. Pure. */

import { UNSEEN } from './fold.ts';

/** From a place of the text to another, UTF-16 units, end exclusive. */
export interface Part {
  from: number;
  to: number;
}

export interface Compound {
  /** Its words, in order. */
  parts: Part[];
  /** The whole as one word, without the signs between; null where it is none. */
  whole: string | null;
  /** Neighbours of a number with dots, as `1.2` and `2.3` of `1.2.3`. */
  pairs: { text: string; from: number; to: number }[];
}

/** Words within a run. */
const PART = new RegExp(`[\\p{L}\\p{N}\\p{M}${UNSEEN}\u200D]+`, 'gu');
/** Above so many parts or characters it is a path or a sentence, no word. */
const MOST_PARTS = 6;
const LONGEST = 60;
/** Characters: `U.S.` would be "us". */
const LEAST_WHOLE = 3;
/** Digits from which on a number with hyphens is one: `3-4` are two, an ISBN is one. */
const LEAST_DIGITS = 7;

const APOSTROPHE = /['’ʼ‘＇]/;
/** What English writes behind an apostrophe: `don't`, `we'll`, `neighbour's`. */
const CLITIC = /^(?:s|t|ll|re|ve|m|d)$/i;

/** Takes a run apart at the signs in it. @param run letters and digits, with a sign between them */
export function takeApart(run: string): Compound {
  const parts: Part[] = [];
  for (const { 0: text, index } of run.matchAll(PART)) {
    const before = parts.at(-1);
    const isClitic = before && APOSTROPHE.test(run[index - 1]!) && CLITIC.test(text);
    if (isClitic) before.to = index + text.length;
    else parts.push({ from: index, to: index + text.length });
  }
  const texts = parts.map(({ from, to }) => run.slice(from, to));
  if (parts.length < 2 || parts.length > MOST_PARTS || run.length > LONGEST) {
    return { parts, whole: null, pairs: [] };
  }
  if (isNumber(texts)) return numberOf(run, parts, texts);
  const whole = texts.join('');
  return { parts, whole: whole.length < LEAST_WHOLE ? null : whole, pairs: [] };
}

/** Digits alone, but for the `v` of a version. */
const isNumber = (texts: readonly string[]): boolean =>
  texts.every((text, i) => (i === 0 ? /^[vV]?\p{Nd}+$/u : /^\p{Nd}+$/u).test(text));

function numberOf(run: string, parts: Part[], texts: string[]): Compound {
  const hasDots = run.includes('.');
  if (!hasDots && !run.includes(',')) {
    const whole = texts.join('');
    return { parts, whole: whole.length < LEAST_DIGITS ? null : whole, pairs: [] };
  }
  // `1,299.50` is a number; the comma separates its thousands.
  const plain = run.replaceAll(',', '').replace(/^[vV]/, '');
  const pairs = [];
  for (let i = 0; !run.includes(',') && parts.length > 2 && i + 1 < parts.length; i++) {
    const { from } = parts[i]!;
    const { to } = parts[i + 1]!;
    pairs.push({ text: run.slice(from, to).replace(/^[vV]/, ''), from, to });
  }
  return { parts, whole: plain, pairs };
}

/** Where a word begins within another: `getUserName`, `XMLHttpRequest`. */
const HUMP = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
/** Shortest word within another, characters. */
const LEAST_HUMP = 2;

/** The words within a word by its capitals; none where there are not two. */
export function humpsOf(word: string): Part[] {
  const texts = word.split(HUMP);
  if (texts.length < 2 || texts.length > MOST_PARTS) return [];
  const parts: Part[] = [];
  let from = 0;
  for (const text of texts) {
    if (text.length >= LEAST_HUMP) parts.push({ from, to: from + text.length });
    from += text.length;
  }
  return parts;
}

/** Whether a word has a capital further in, after a small letter or before one. */
export const hasHumps = (word: string): boolean => {
  for (let i = 1; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if ((code >= 65 && code <= 90) || (code > 127 && /\p{Lu}/u.test(word[i]!)))
      return HUMP.test(word);
  }
  return false;
};

/** A day in digits: `20240102`, or with a time `202401021015`. */
const DAY =
  /^((?:19|20)\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)?$/;

/** Year and day of a run of digits that is a date; none of any other. */
export function datesIn(digits: string): string[] {
  const year = DAY.exec(digits)?.[1];
  if (!year) return [];
  return digits.length > 8 ? [digits.slice(0, 8), year] : [year];
}

/** The Arabic article, with what may be written before it. */
const ARTICLE = /^[وفبك]?ال(?=\p{L}{3})/u;

/** Beside a word: what else it may be looked for as, folded. */
export function otherForms(word: string): string[] {
  if (/[йё]/.test(word)) return [word.replaceAll('й', 'и').replaceAll('ё', 'е')];
  const article = ARTICLE.exec(word)?.[0];
  return article ? [word.slice(article.length)] : [];
}
