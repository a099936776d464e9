import { headingsOf } from '../../../markdown/headings.ts';
import { readNote } from '../read-note.ts';

export interface Heading {
  level: number;
  text: string;
  /** Where its line begins, UTF-16 units. */
  at: number;
}

/** Headings shown at most. */
const MOST = 200;

/** The headings of a text. Linear in its length. */
export function outlineOf(text: string): Heading[] {
  return headingsOf(readNote(text), MOST).map(({ level, text: words, from }) => ({
    level,
    text: words,
    at: from,
  }));
}
