import { parse } from '../../../markdown/document.ts';
import { headingsOf } from '../../../markdown/headings.ts';

export interface Heading {
  level: number;
  text: string;
  /** Where its line begins, UTF-16 units. */
  at: number;
}

/** Headings shown at most. */
const MOST = 200;
/** A longer text gets no outline, UTF-16 units. */
const LONGEST_TEXT = 1_000_000;

/** The headings of a text. Linear in its length. */
export function outlineOf(text: string): Heading[] {
  if (text.length > LONGEST_TEXT) return [];
  return headingsOf(parse(text), MOST).map(({ level, text: words, from }) => ({
    level,
    text: words,
    at: from,
  }));
}
