/** Rules of CommonMark, but for links and tags: escapes, entities, code, emphasis, breaks. */
import { flanks, isPunctuation as isMark, runEnd } from './characters.ts';
import type { DelimiterKind, InlineRule } from './inlines.ts';
import { isPunctuation } from './link-parts.ts';

const STAR: DelimiterKind = { node: 'Emphasis', mark: 'EmphasisMark', isEmphasis: true };
const UNDERSCORE: DelimiterKind = { node: 'Emphasis', mark: 'EmphasisMark', isEmphasis: true };

export const escapeRule: InlineRule = (cx, at) =>
  isPunctuation(cx.text.charCodeAt(at + 1)) ? cx.add('Escape', at, at + 2) : -1;

const ENTITY = /&(?:#\d{1,7}|#x[a-f\d]{1,6}|[a-z][a-z\d]{0,40});/iy;

export const entityRule: InlineRule = (cx, at) => {
  ENTITY.lastIndex = at;
  return ENTITY.test(cx.text) ? cx.add('Entity', at, ENTITY.lastIndex) : -1;
};

/** `code`: ends with a run of as many backticks as it begins with. */
export const codeRule: InlineRule = (cx, at) => {
  const { text } = cx;
  const start = runEnd(text, at);
  const size = start - at;
  const close = closingTicks(cx, size, start);
  // Without an end the whole run is text.
  if (close < 0) return start;
  return cx.add('InlineCode', at, close + size, [
    cx.node('CodeMark', at, start),
    cx.node('CodeMark', close, close + size),
  ]);
};

/** Where all runs of backticks begin, by their length: found out once for a text. */
const runs = new WeakMap<object, Map<number, number[]>>();

function closingTicks(cx: Parameters<InlineRule>[0], size: number, from: number): number {
  let bySize = runs.get(cx);
  if (!bySize) {
    bySize = new Map();
    for (let at = cx.text.indexOf('`'); at >= 0; ) {
      const end = runEnd(cx.text, at);
      const places = bySize.get(end - at) ?? [];
      places.push(at);
      bySize.set(end - at, places);
      at = cx.text.indexOf('`', end);
    }
    // Asked for from the front on.
    for (const places of bySize.values()) places.reverse();
    runs.set(cx, bySize);
  }
  const places = bySize.get(size) ?? [];
  while (places.length > 0 && places.at(-1)! < from) places.pop();
  return places.at(-1) ?? -1;
}

export const emphasisRule: InlineRule = (cx, at) => {
  const to = runEnd(cx.text, at);
  const { left, right, before, after } = flanks(cx.text, at, to);
  const isStar = cx.text[at] === '*';
  return cx.delimiter({
    kind: isStar ? STAR : UNDERSCORE,
    from: at,
    to,
    canOpen: left && (isStar || !right || isMark(before)),
    canClose: right && (isStar || !left || isMark(after)),
  });
};

/** Two spaces or a backslash before the end of a line. */
export const breakRule: InlineRule = (cx, at) => {
  const { text } = cx;
  const isSpace = text[at] === ' ';
  const end = isSpace ? runEnd(text, at) : at + 1;
  if (isSpace && end < at + 2) return -1;
  const newline = text.charCodeAt(end) === 13 ? end + 1 : end;
  if (text.charCodeAt(newline) === 10) return cx.add('HardBreak', at, newline + 1);
  return isSpace ? end : -1;
};
