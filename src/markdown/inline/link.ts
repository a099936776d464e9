import type { Element } from '@lezer/markdown';
import { reading } from '../reading.ts';
import type { Bracket, InlineRule, Inlines } from './inlines.ts';
import { destinationEnd, labelEnd, labelKey, skipSpace, titleEnd } from './link-parts.ts';

export const linkStartRule: InlineRule = (cx, at) => cx.open('link', at, at + 1);

export const imageStartRule: InlineRule = (cx, at) =>
  cx.text[at + 1] === '[' ? cx.open('image', at, at + 2) : -1;

/** What follows a link's text: the nodes of it, and where it ends. */
interface Tail {
  end: number;
  nodes: Element[];
}

/** `(destination "title")`, from the parenthesis at `at`. */
function inlineTail(cx: Inlines, at: number): Tail | null {
  const { text } = cx;
  if (text[at] !== '(') return null;
  const nodes = [cx.node('LinkMark', at, at + 1)];
  let end = skipSpace(text, at + 1);
  const destination = destinationEnd(text, end);
  if (destination < 0) return null;
  if (destination > end) nodes.push(cx.node('URL', end, destination));
  const afterSpace = skipSpace(text, destination);
  end = afterSpace;
  // Space stands between destination and title.
  const title = afterSpace > destination ? titleEnd(text, afterSpace) : -1;
  if (title < 0 && /["']/.test(text[afterSpace] ?? '') && !cx.spend(text.length - afterSpace)) {
    return null;
  }
  if (title > 0) {
    nodes.push(cx.node('LinkTitle', afterSpace, title));
    end = skipSpace(text, title);
  }
  if (!cx.spend(end - at) || text[end] !== ')') return null;
  nodes.push(cx.node('LinkMark', end, end + 1));
  return { end: end + 1, nodes };
}

/**
 * `[label]`, `[]` or nothing behind the closing bracket at `close`; the label, or else the text, must
 * be defined: the stock rule takes every `[…]` for a link.
 */
function referenceTail(cx: Inlines, open: Bracket, close: number): Tail | null {
  const { text } = cx;
  const at = close + 1;
  const end = labelEnd(text, at);
  if (!cx.spend(end - at)) return null;
  const nodes = end > 0 ? [cx.node('LinkLabel', at, end)] : [];
  // A label behind it that is not empty counts, defined or not.
  if (end > at + 2) {
    return isDefined(labelKey(text.slice(at + 1, end - 1))) ? { end, nodes } : null;
  }
  // The text is the label then, and may hold no bracket.
  const own = labelEnd(text, open.to - 1);
  if (!cx.spend(own - open.to)) return null;
  if (own !== at || !isDefined(labelKey(text.slice(open.to, close)))) return null;
  return { end: end > 0 ? end : at, nodes };
}

function isDefined(key: string): boolean {
  const { defined, use } = reading();
  if (!defined.has(key)) return false;
  use(key);
  return true;
}

/** `]`: what is a link, an image or a footnote, and what is text. */
export const bracketEndRule: InlineRule = (cx, close) => {
  const open = cx.bracket;
  if (!open) return -1;
  if (open.kind === 'footnote') {
    const content = cx.takeContent();
    if (!content) return -1;
    return cx.wrap('InlineFootnote', close + 1, [
      cx.node('FootnoteMark', open.from, open.to),
      ...content,
      cx.node('FootnoteMark', close, close + 1),
    ]);
  }
  const tail = cx.mayLink ? (inlineTail(cx, close + 1) ?? referenceTail(cx, open, close)) : null;
  const content = tail && cx.takeContent();
  if (!tail || !content) {
    cx.giveUp();
    return -1;
  }
  return cx.wrap(open.kind === 'image' ? 'Image' : 'Link', tail.end, [
    cx.node('LinkMark', open.from, open.to),
    ...content,
    cx.node('LinkMark', close, close + 1),
    ...tail.nodes,
  ]);
};
