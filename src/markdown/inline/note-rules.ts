/** Rules beyond CommonMark, as notes of Obsidian, Logseq and GitHub have them. */
import { reading } from '../reading.ts';
import { after, before, flanks, isGap, isWord, runEnd } from './characters.ts';
import { tagEndAt } from './hashtag.ts';
import type { DelimiterKind, InlineRule } from './inlines.ts';
import { labelKey } from './link-parts.ts';

const ONE_TILDE: DelimiterKind = { node: 'Strikethrough', mark: 'StrikethroughMark' };
const TWO_TILDES: DelimiterKind = { node: 'Strikethrough', mark: 'StrikethroughMark' };
const HIGHLIGHT: DelimiterKind = { node: 'Highlight', mark: 'HighlightMark' };

/** `~gone~` and `~~gone~~`. */
export const strikethroughRule: InlineRule = (cx, at) => {
  const to = runEnd(cx.text, at);
  if (to - at > 2) return to;
  const { left, right } = flanks(cx.text, at, to);
  const kind = to - at === 1 ? ONE_TILDE : TWO_TILDES;
  return cx.delimiter({ kind, from: at, to, canOpen: left, canClose: right });
};

const LATIN = /[A-Za-z0-9_]/;

/** `==marked==`: touches its words; within a word of Latin letters it is a comparison. */
export const highlightRule: InlineRule = (cx, at) => {
  const to = runEnd(cx.text, at);
  if (to - at !== 2) return to;
  const first = before(cx.text, at);
  const last = after(cx.text, to);
  return cx.delimiter({
    kind: HIGHLIGHT,
    from: at,
    to,
    canOpen: !isGap(last) && !LATIN.test(first) && first !== ')',
    canClose: !isGap(first) && !LATIN.test(last) && last !== '(',
  });
};

/** `[[target|shown]]`, and with `!` before it what is to stand in its place. */
const WIKI = /!?\[\[[^[\]\n]{1,1000}\]\]/y;

export const wikiRule: InlineRule = (cx, at) => {
  const { text } = cx;
  const isEmbed = text[at] === '!';
  const open = at + (isEmbed ? 3 : 2);
  if (text[open - 1] !== '[' || text[open - 2] !== '[') return -1;
  WIKI.lastIndex = at;
  if (!WIKI.test(text)) return -1;
  const end = WIKI.lastIndex;
  const bar = text.slice(open, end - 2).search(/\\?\|/);
  const targetEnd = bar < 0 ? end - 2 : open + bar;
  const nodes = [cx.node('WikiMark', at, open)];
  if (targetEnd > open) nodes.push(cx.node('WikiTarget', open, targetEnd));
  if (bar >= 0) {
    const shown = targetEnd + (text[targetEnd] === '\\' ? 2 : 1);
    nodes.push(cx.node('WikiMark', targetEnd, shown));
    if (shown < end - 2) nodes.push(cx.node('WikiShown', shown, end - 2));
  }
  nodes.push(cx.node('WikiMark', end - 2, end));
  return cx.add(isEmbed ? 'Embed' : 'WikiLink', at, end, nodes);
};

export const hashtagRule: InlineRule = (cx, at) => {
  const end = tagEndAt(cx.text, at);
  return end < 0 ? -1 : cx.add('Hashtag', at, end);
};

/** `%%a remark%%`; after a word or a number it is a per cent sign. */
export const remarkRule: InlineRule = (cx, at) => {
  if (cx.text[at + 1] !== '%' || isWord(before(cx.text, at))) return -1;
  const close = cx.next('%%', at + 2);
  return close < 0 ? -1 : cx.add('Comment', at, close + 2);
};

/** `$…$` and `$$…$$`: opens before and closes after what is no space, and no digit follows it. */
export const mathRule: InlineRule = (cx, at) => {
  const { text } = cx;
  const open = runEnd(text, at);
  const size = open - at;
  if (size > 2) return open;
  const close = mathEnd(text, open, size);
  const closes =
    close > open &&
    (size === 2 ||
      (!isGap(after(text, open)) &&
        !isGap(before(text, close)) &&
        !/\d/.test(text[close + 1] ?? '')));
  if (!closes) return open;
  return cx.add('Math', at, close + size, [
    cx.node('MathMark', at, open),
    cx.node('MathMark', close, close + size),
  ]);
};

/** Where the next dollar sign stands that is not escaped, if there are as many of them; or -1. */
function mathEnd(text: string, from: number, size: number): number {
  for (let at = from; at < text.length; at++) {
    const sign = text[at];
    if (sign === '\\') at++;
    else if (sign === '$') {
      const end = runEnd(text, at);
      return end - at === size ? at : -1;
    }
  }
  return -1;
}

/** `[^1]`, where such a footnote is defined. */
const FOOTNOTE = /\[\^([^\s[\]]{1,200})\]/y;

export const footnoteRule: InlineRule = (cx, at) => {
  if (cx.text[at + 1] !== '^') return -1;
  FOOTNOTE.lastIndex = at;
  const label = FOOTNOTE.exec(cx.text)?.[1];
  if (label === undefined || !reading().footnotes.has(labelKey(label))) return -1;
  return cx.add('FootnoteReference', at, FOOTNOTE.lastIndex);
};

/** `^[a note]`, and `^id` at a block's end. */
export const caretRule: InlineRule = (cx, at) => {
  const { text } = cx;
  if (text[at + 1] === '[') return cx.open('footnote', at, at + 2);
  if (!isGap(before(text, at))) return -1;
  const id = /^\^[A-Za-z0-9-]{1,100}(?=\s*$)/.exec(text.slice(at, at + 300))?.[0];
  if (!id || text.slice(at + id.length).trim() !== '') return -1;
  return cx.add('BlockId', at, at + id.length);
};
