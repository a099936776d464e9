import type { BlockContext, Line } from '@lezer/markdown';
import { reading } from '../reading.ts';

/** Internal to @lezer/markdown: how many of the containers around it a line goes on with. */
export const lineDepth = (line: Line): number => (line as unknown as { depth: number }).depth;

/** Where `sign` stands next in the text, or -1: that there is none is found out once. */
export function nextSign(sign: string, from: number): number {
  const { text, none } = reading();
  if (from >= (none.get(sign) ?? Number.POSITIVE_INFINITY)) return -1;
  const found = text.indexOf(sign, from);
  if (found < 0) none.set(sign, from);
  return found;
}

/** The same for an expression, which has the flag `g`. */
export function nextMatch(pattern: RegExp, from: number): number {
  const { text, none } = reading();
  if (from >= (none.get(pattern.source) ?? Number.POSITIVE_INFINITY)) return -1;
  pattern.lastIndex = from;
  const found = pattern.exec(text)?.index ?? -1;
  if (found < 0) none.set(pattern.source, from);
  return found;
}

/**
 * Whether what a line begins, and what is closed at `close`, ends within the containers that the line
 * stands in: what is not closed hides nothing. Linear for all lines of a text together.
 */
export const closesWithin = (cx: BlockContext, line: Line, close: number): boolean =>
  close >= 0 && (cx.depth === 1 || goesOnTo(cx, line, close));

/** Whether each line up to `place` goes on with the containers of this one. */
function goesOnTo(cx: BlockContext, line: Line, place: number): boolean {
  const { text, endsBefore } = reading();
  let quotes = 0;
  for (let depth = 0; depth < cx.depth; depth++) {
    if (cx.parentType(depth).name === 'Blockquote') quotes++;
  }
  const { baseIndent } = line;
  const key = `${quotes} ${baseIndent}`;
  const start = cx.lineStart + line.text.length + 1;
  if (start <= (endsBefore.get(key) ?? -1)) return false;
  for (let at = start; at <= place; ) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    if (!goesOn(text.slice(at, Math.min(end, at + 1000)), quotes, baseIndent)) {
      endsBefore.set(key, at);
      return false;
    }
    at = end + 1;
  }
  return true;
}

function goesOn(line: string, quotes: number, indent: number): boolean {
  const lead = /^[ \t>]*/.exec(line)![0];
  if (quotes > 0) return lead.split('>').length - 1 >= quotes;
  return line.trim() === '' || lead.replaceAll('\t', '    ').length >= indent;
}
