import type { PlainText } from '../../markdown/plain-text.ts';
import type { PassageHit } from '../../protocol.ts';
import { placesOf } from '../../words/marks.ts';
import { BEYOND_ASCII } from '../../words/terms.ts';

/** Longest range of text shown for a result, UTF-16 units. */
const SHOWN = 240;
/** UTF-16 units of a text that are searched for a snippet. */
const LOOKED_AT = 400_000;

/** Which of the wanted terms stand in a text. */
export const termsFound = (text: string, wanted: ReadonlySet<string>): Set<string> =>
  new Set(placesOf(text, wanted).map(({ term }) => term));

/**
 * At least those that `termsFound` would find, told without taking the text apart: by how the words
 * begin. A stem's last two letters may be others than the word's.
 */
export function termsAtMost(text: string, wanted: ReadonlySet<string>): ReadonlySet<string> {
  // Elsewhere a term may begin otherwise than its word.
  if (BEYOND_ASCII.test(text)) return wanted;
  const plain = text.toLowerCase();
  const most = new Set<string>();
  let joined: string | undefined;
  for (const term of wanted) {
    const begins = term.slice(0, Math.max(2, term.length - 2));
    // Signs within a word are no part of its term.
    joined ??= plain.replace(/[^a-z0-9\s]+/g, '');
    if (plain.includes(begins) || joined.includes(begins)) most.add(term);
  }
  return most;
}

/**
 * The part of a passage to show, with the wanted terms marked.
 * @param text the passage's, as it is read
 * @param range where it stands in the note
 */
export function excerpt(
  text: string,
  range: { start: number; end: number; headings: string[] },
  wanted: ReadonlySet<string>,
): PassageHit {
  const source = text.slice(0, LOOKED_AT);
  const places = placesOf(source, wanted);
  const from = windowStart(places, source.length);
  const to = Math.min(source.length, from + SHOWN);
  const first = places.find(({ start, end }) => end > from && start < to);
  const [begin, stop] = wordBounds(source, from, to, first);
  const shown = source.slice(begin, stop);
  // Of a word longer than the window its beginning is marked.
  const marks = places
    .filter(({ start }) => start >= begin && start < stop)
    .map(({ start, end }): [number, number] => [start - begin, Math.min(end, stop) - begin]);
  return { start: range.start, end: range.end, headings: range.headings, text: shown, marks };
}

/** The part of a passage to show with one sentence in it, marked as far as it is shown. */
export function excerptAround(
  text: string,
  range: { start: number; end: number; headings: string[] },
  [from, to]: readonly [number, number],
): PassageHit {
  const source = text.slice(0, LOOKED_AT);
  // From the beginning, where that shows it too; else from the space before it.
  const wish = to <= SHOWN ? 0 : Math.max(0, from - 1);
  const [begin, stop] = wordBounds(source, wish, Math.min(source.length, wish + SHOWN));
  const mark: [number, number] = [Math.max(0, from - begin), Math.min(to, stop) - begin];
  return {
    start: range.start,
    end: range.end,
    headings: range.headings,
    text: source.slice(begin, stop),
    marks: mark[0] < mark[1] ? [mark] : [],
  };
}

/** For a note without passages yet: the range where most of the wanted terms stand together. */
export function bestWindow(
  { text, toSource }: Pick<PlainText, 'text' | 'toSource'>,
  wanted: ReadonlySet<string>,
): PassageHit {
  const source = text.slice(0, LOOKED_AT);
  const places = placesOf(source, wanted);
  const from = windowStart(places, source.length);
  const to = Math.min(source.length, from + SHOWN);
  const first = places.find(({ start, end }) => end > from && start < to);
  const [begin, stop] = wordBounds(source, from, to, first);
  const range = { start: toSource(begin), end: toSource(stop), headings: [] };
  return excerpt(source.slice(begin, stop), range, wanted);
}

/** Where the window of SHOWN units begins that holds the most different terms. */
function windowStart(
  places: { term: string; start: number; end: number }[],
  length: number,
): number {
  if (length <= SHOWN || places.length === 0) return 0;
  let best = { distinct: 0, start: 0, end: 0 };
  const inside = new Map<string, number>();
  for (let last = 0, first = 0; last < places.length; last++) {
    const { term, start } = places[last]!;
    inside.set(term, (inside.get(term) ?? 0) + 1);
    while (start - places[first]!.start > SHOWN * 0.8) {
      const gone = places[first++]!.term;
      const left = inside.get(gone)! - 1;
      if (left === 0) inside.delete(gone);
      else inside.set(gone, left);
    }
    if (inside.size > best.distinct) {
      best = { distinct: inside.size, start: places[first]!.start, end: places[last]!.end };
    }
  }
  // From the beginning, where that shows them too: half a sentence is hard to read.
  if (best.end <= SHOWN) return 0;
  return Math.max(0, Math.min(best.start - SHOWN * 0.1, length - SHOWN) | 0);
}

/**
 * Widens or narrows to word boundaries, and never cuts a surrogate pair.
 * @param kept a word that stays in it
 */
function wordBounds(
  text: string,
  from: number,
  to: number,
  kept: { start: number; end: number } = { start: to, end: from },
): [number, number] {
  let begin = from;
  let stop = to;
  if (begin > 0) {
    const space = text.slice(begin, begin + 30).search(/\s/);
    if (space >= 0 && begin + space < kept.start) begin += space + 1;
    else if (/[\uDC00-\uDFFF]/.test(text.charAt(begin))) begin++;
  }
  if (stop < text.length) {
    const space = text.slice(stop - 30, stop).search(/\s\S*$/);
    if (space >= 0)
      stop = Math.max(begin + 1, Math.min(stop, Math.max(kept.end, stop - 30 + space)));
    else if (/[\uDC00-\uDFFF]/.test(text.charAt(stop))) stop--;
  }
  return [begin, stop];
}
