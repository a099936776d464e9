/** Telephone numbers, which are written with spaces and brackets and looked for without. Pure. */

const PHONE = /(?:\+\d{1,3}|\(0\d{1,5}\)|\b0\d{1,5})(?:[ \-/.()]{1,3}\d{1,9}){1,6}(?!\d)/g;
/** Digits: a shorter one is a date, a size or a price. */
const LEAST_DIGITS = 7;
const MOST_DIGITS = 15;

export interface Phone {
  /** In digits, with and without the code of its country; without the 0 before that of its place. */
  numbers: string[];
  from: number;
  to: number;
}

/** The telephone numbers in a text. Linear. */
export function* phonesIn(text: string): Generator<Phone> {
  for (const { 0: found, index } of text.matchAll(PHONE)) {
    const digits = found.replace(/\D/g, '');
    if (digits.length < LEAST_DIGITS || digits.length > MOST_DIGITS) continue;
    const abroad = /^\+(\d+)/.exec(found)?.[1];
    const home = digits.slice(abroad?.length ?? 0).replace(/^0+/, '');
    const numbers = [...(abroad ? [digits] : []), ...(home.length >= LEAST_DIGITS ? [home] : [])];
    if (numbers.length > 0) yield { numbers, from: index, to: index + found.length };
  }
}

/** What a number that is typed without spaces may stand for. */
export const withoutZero = (digits: string): string[] =>
  /^0[1-9]\d{6,}$/.test(digits) ? [digits.slice(1)] : [];
