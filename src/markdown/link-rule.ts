import type { Element, InlineContext, InlineParser } from '@lezer/markdown';
import { destinationEnd, labelEnd, labelKey, skipSpace, titleEnd } from './link-parts.ts';

/** An opening bracket that waits for its closing one. `side` 0: no link may begin there any more. */
interface Bracket {
  type: object & { resolve?: string };
  from: number;
  to: number;
  side: number;
}

/**
 * Internal to @lezer/markdown, and the reason why its version is pinned: what was found so far in
 * this inline text, delimiters and elements.
 */
type Parts = (Bracket | Element | null)[];
const partsOf = (cx: InlineContext): Parts => (cx as unknown as { parts: Parts }).parts;

/** Delimiters have a `side`; those of links and images are resolved by no pairing of their own. */
const isBracket = (part: Bracket | Element | null): part is Bracket =>
  part !== null &&
  'side' in part &&
  part.type.resolve === undefined &&
  typeof part.type === 'object';

/** What follows a link's text: the nodes of it, and where it ends. */
interface Tail {
  end: number;
  nodes: Element[];
}

/** `(destination "title")`, from the parenthesis at `at`. */
function inlineTail(cx: InlineContext, at: number): Tail | null {
  if (cx.char(at) !== 40) return null;
  const { text, offset } = cx as unknown as { text: string; offset: number };
  const nodes = [cx.elt('LinkMark', at, at + 1)];
  let pos = skipSpace(text, at + 1 - offset);
  const destination = destinationEnd(text, pos);
  if (destination < 0) return null;
  if (destination > pos) nodes.push(cx.elt('URL', pos + offset, destination + offset));
  const afterSpace = skipSpace(text, destination);
  pos = afterSpace;
  // Space stands between destination and title.
  const title = afterSpace > destination ? titleEnd(text, afterSpace) : -1;
  if (title > 0) {
    nodes.push(cx.elt('LinkTitle', afterSpace + offset, title + offset));
    pos = skipSpace(text, title);
  }
  if (text[pos] !== ')') return null;
  nodes.push(cx.elt('LinkMark', pos + offset, pos + offset + 1));
  return { end: pos + offset + 1, nodes };
}

/**
 * `[label]`, `[]` or nothing behind the closing bracket at `close`; the label, or else the text, must
 * be defined.
 */
function referenceTail(
  cx: InlineContext,
  open: Bracket,
  close: number,
  isDefined: (key: string) => boolean,
): Tail | null {
  const { text, offset } = cx as unknown as { text: string; offset: number };
  const at = close + 1 - offset;
  const end = labelEnd(text, at);
  const nodes = end > 0 ? [cx.elt('LinkLabel', at + offset, end + offset)] : [];
  // A label behind it that is not empty counts, defined or not.
  if (end > at + 2) {
    return isDefined(labelKey(text.slice(at + 1, end - 1))) ? { end: end + offset, nodes } : null;
  }
  // The text is the label then, and may hold no bracket.
  const own = labelEnd(text, open.to - 1 - offset);
  if (own !== at || !isDefined(labelKey(text.slice(open.to - offset, close - offset)))) return null;
  return { end: (end > 0 ? end : at) + offset, nodes };
}

/**
 * The rule for `]`, in place of the stock one, which takes every `[…]` for a link: only what is
 * defined is one, as CommonMark has it.
 * @param isDefined asked with a label's key
 */
export const linkRule = (isDefined: (key: string) => boolean): InlineParser => ({
  name: 'LinkEnd',
  parse(cx, next, close) {
    if (next !== 93) return -1;
    const parts = partsOf(cx);
    const at = parts.findLastIndex(isBracket);
    if (at < 0) return -1;
    const open = parts[at] as Bracket;
    const tail =
      open.side === 0
        ? null
        : (inlineTail(cx, close + 1) ?? referenceTail(cx, open, close, isDefined));
    if (!tail) {
      parts[at] = null;
      return -1;
    }
    const isImage = cx.char(open.from) === 33;
    const link = cx.elt(isImage ? 'Image' : 'Link', open.from, tail.end, [
      cx.elt('LinkMark', open.from, open.to),
      ...cx.takeContent(at),
      cx.elt('LinkMark', close, close + 1),
      ...tail.nodes,
    ]);
    parts[at] = link;
    // A link holds no other link; an image may stand in one.
    if (!isImage) {
      for (const part of parts.slice(0, at)) {
        if (isBracket(part) && cx.char(part.from) !== 33) part.side = 0;
      }
    }
    return link.to;
  },
});
