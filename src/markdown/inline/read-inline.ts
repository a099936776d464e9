import type { Element, MarkdownParser } from '@lezer/markdown';
import { addressesIn } from './addresses.ts';
import { breakRule, codeRule, emphasisRule, entityRule, escapeRule } from './common-rules.ts';
import { type InlineRule, type InlineRules, Inlines } from './inlines.ts';
import { bracketEndRule, imageStartRule, linkStartRule } from './link.ts';
import {
  caretRule,
  footnoteRule,
  hashtagRule,
  highlightRule,
  mathRule,
  remarkRule,
  strikethroughRule,
  wikiRule,
} from './note-rules.ts';
import { propertyMarks } from './properties.ts';
import { tagRule, templateRule } from './tag.ts';

const table = (rules: Record<string, InlineRule[]>): InlineRules => {
  const bySign: InlineRule[][] = [];
  for (const [sign, list] of Object.entries(rules)) bySign[sign.charCodeAt(0)] = list;
  return bySign;
};

const COMMON: Record<string, InlineRule[]> = {
  '\\': [escapeRule, breakRule],
  ' ': [breakRule],
  '&': [entityRule],
  '`': [codeRule],
  '*': [emphasisRule],
  _: [emphasisRule],
  '<': [tagRule],
  '[': [linkStartRule],
  '!': [imageStartRule],
  ']': [bracketEndRule],
};

/** Those of CommonMark. */
export const COMMON_RULES = table(COMMON);

/** Those of notes. */
export const NOTE_RULES = table({
  ...COMMON,
  '<': [templateRule, tagRule],
  '[': [wikiRule, footnoteRule, linkStartRule],
  '!': [wikiRule, imageStartRule],
  '~': [strikethroughRule],
  '=': [highlightRule],
  '#': [hashtagRule],
  '%': [remarkRule],
  $: [mathRule],
  '^': [caretRule],
});

/** Reads one block's text. `offset`: where it begins in the note. Linear. */
export function readInline(
  parser: MarkdownParser,
  rules: InlineRules,
  text: string,
  offset: number,
): Element[] {
  const cx = new Inlines(parser, text, offset);
  if (rules === NOTE_RULES) markAhead(cx);
  const { marks } = cx;
  for (let at = 0; at < text.length; ) {
    const mark = marks.size > 0 ? marks.get(at) : undefined;
    if (mark) {
      for (const node of mark.nodes) cx.push(node);
      at = mark.end;
      continue;
    }
    const code = text.charCodeAt(at);
    at = (code < 128 && apply(rules[code], cx, at)) || at + 1;
  }
  return cx.finish();
}

/** Where what the first rule that applies has read ends; 0 if none does. */
function apply(rules: readonly InlineRule[] | undefined, cx: Inlines, at: number): number {
  if (rules) {
    for (const rule of rules) {
      const end = rule(cx, at);
      if (end >= 0) return end;
    }
  }
  return 0;
}

/** Finds what begins with a letter, which no rule looks at. */
function markAhead(cx: Inlines): void {
  const { text, marks } = cx;
  for (const { from, to } of addressesIn(text)) {
    marks.set(from, { end: to, nodes: [cx.node('URL', from, to)] });
  }
  for (const { from, to, kind } of propertyMarks(text)) {
    const node = kind === 'key' ? 'PropertyKey' : 'PropertyMark';
    marks.set(from, { end: to, nodes: [cx.node(node, from, to)] });
  }
}
