/** What of a note's text is shown beside the results. Pure. */
import type { PassageHit } from '../../protocol.ts';

/** Text shown before the passage, UTF-16 units. */
const BEFORE = 160;
/** Text shown from there on, UTF-16 units; more does not fit. */
const SHOWN = 1_800;
/** Text shown before a match further down in the passage, UTF-16 units. */
const LEAD = 300;
/** How far down that is, UTF-16 units. */
const FAR = 600;

export interface PassageView {
  /** A range of the note's own text. */
  text: string;
  /** The passage within it. */
  passage: [number, number];
  /** Matches within the passage, ordered and disjoint. */
  marks: [number, number][];
  /** Whether the note goes on before, and after. */
  cut: [boolean, boolean];
}

/**
 * @param text a note's, as it is read
 * @param hit what was found, at its place in that text; null: the note from its beginning
 */
export function passageView(text: string, hit: PassageHit | null): PassageView {
  const start = Math.min(hit?.start ?? 0, text.length);
  const end = Math.min(hit?.end ?? text.length, text.length);
  const excerpt = hit ? text.slice(start, end).indexOf(hit.text) : -1;
  const marks = excerpt < 0 ? [] : (hit?.marks ?? []).map((mark) => moved(mark, start + excerpt));
  const match = marks[0]?.[0] ?? start;
  const from = atWord(text, match - start > FAR ? match - LEAD : start - BEFORE);
  const to = Math.min(text.length, from + SHOWN);
  const within = ([a, b]: [number, number]): [number, number] => [
    Math.max(0, a - from),
    Math.min(b, to) - from,
  ];
  return {
    text: text.slice(from, to),
    passage: within([start, end]),
    marks: marks.filter(([a, b]) => a >= from && b <= to).map(within),
    cut: [from > 0, to < text.length],
  };
}

const moved = ([a, b]: readonly [number, number], by: number): [number, number] => [a + by, b + by];

/** The first beginning of a word from here on; here, where none is near. */
function atWord(text: string, at: number): number {
  if (at <= 0) return 0;
  const space = text.slice(at, at + 40).search(/\s\S/);
  return space < 0 ? at : at + space + 1;
}
