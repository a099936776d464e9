import { plainCase } from './plain-case';
import { type CountTokens, sliceEnd } from './token-counter';

/** UTF-16 code units of a title or heading looked at; more never fits a window anyway. */
const MAX_PART = 300;
/** Words of the passage before that are repeated at most. */
const OVERLAP_WORDS = 15;

/**
 * Title and heading path as they stand in front of a passage, within `cap` tokens.
 *
 * The innermost heading has first claim on the room, then the title, then the other headings from
 * the inside out. The first two are shortened at a word if need be, the others are left out whole.
 *
 * @param headings outermost first, whitespace collapsed
 * @returns '' if there is nothing to say or no room
 */
export function contextOf(
  title: string,
  headings: readonly string[],
  cap: number,
  count: CountTokens,
): string {
  const innermost = headings.length - 1;
  const kept = new Map<number, string>();
  let room = cap;
  const add = (index: number, part: string, whole: boolean) => {
    const plain = plainCase(part);
    const sentence = asSentence(shorten(plain, room - 1, count));
    const cost = count(sentence);
    if (sentence === '' || cost > room || (whole && sentence !== asSentence(plain))) return;
    kept.set(index, sentence);
    room -= cost;
  };
  const said = headings.some((heading) => heading.toLowerCase() === title.toLowerCase());
  if (innermost >= 0) add(innermost, headings[innermost]!, false);
  if (!said) add(-1, title, false);
  for (let i = innermost - 1; i >= 0; i--) add(i, headings[i]!, true);
  return [...kept.keys()]
    .sort((a, b) => a - b)
    .map((index) => kept.get(index))
    .join(' ');
}

/**
 * The start of `text` within `limit` tokens, cut at a word; inside the first word if even that is
 * too long. '' if nothing fits.
 */
export function shorten(text: string, limit: number, count: CountTokens): string {
  if (limit < 1) return '';
  const part = text.slice(0, sliceEnd(text, 0, MAX_PART * 10)).trim();
  const words = part.split(/\s+/);
  let used = 0;
  let taken = 0;
  for (const word of words) {
    used += count(word);
    if (used > limit) break;
    taken++;
  }
  if (taken > 0) {
    while (taken > 0 && count(words.slice(0, taken).join(' ')) > limit) taken--;
    if (taken > 0) return words.slice(0, taken).join(' ');
  }
  let word = words[0] ?? '';
  while (word !== '' && count(word) > limit) {
    word = word.length > 2 ? word.slice(0, sliceEnd(word, 0, word.length >> 1)) : '';
  }
  return word;
}

/** A title or heading with whitespace collapsed, at most 300 UTF-16 code units. */
export function capPart(text: string): string {
  const start = text
    .slice(0, MAX_PART * 10)
    .replace(/\s+/g, ' ')
    .trim();
  return start.slice(0, sliceEnd(start, 0, MAX_PART)).trim();
}

/**
 * The last words of a rendered text, at most 15, to stand in front of the passage after it; whole
 * sentences where those are not much less.
 */
export function tailOf(text: string): string {
  const end = text.slice(-300);
  const words = end.split(' ');
  // The first of a cut-off text is likely the rest of a word.
  if (end.length < text.length) words.shift();
  const last = words.slice(-OVERLAP_WORDS);
  if (last.length === words.length && end.length === text.length) return last.join(' ');
  const sentence = last.findIndex((word) => /[.!?…]["'”’)\]»]?$/.test(word)) + 1;
  return last.slice(last.length - sentence >= OVERLAP_WORDS / 3 ? sentence : 0).join(' ');
}

function asSentence(text: string): string {
  return text === '' || /[.!?:;…。！？]$/.test(text) ? text : `${text}.`;
}
