import type { NoteDocument } from './document.ts';
import type { Range } from './grammar.ts';
import { plainText } from './plain-text.ts';

export interface InlineProperty {
  key: string;
  keyRange: Range;
  /** As it is read. */
  value: string;
  /** As it is written, without space at its ends. */
  valueRange: Range;
}

/** `key:: value` in a line of its own or in brackets, in order. */
export function inlinePropertiesOf(doc: NoteDocument): InlineProperty[] {
  const { text, tree } = doc;
  const found: InlineProperty[] = [];
  if (!text.includes('::')) return found;
  tree.iterate({
    enter({ name, from, to, node }) {
      if (name !== 'PropertyKey') return;
      const mark = node.nextSibling;
      if (!mark) return;
      const valueRange = valueAt(text, text[from - 1] ?? '', mark.to, node.parent!.to);
      const value = plainText(doc, valueRange.from, valueRange.to).text.trim();
      found.push({ key: text.slice(from, to).trim(), keyRange: { from, to }, value, valueRange });
    },
  });
  return found;
}

const CLOSING: Record<string, string> = { '[': ']', '(': ')' };

/** @param open the bracket before the key, if one is there */
function valueAt(text: string, open: string, from: number, last: number): Range {
  const newline = text.indexOf('\n', from);
  let to = Math.min(last, newline < 0 ? text.length : newline);
  const close = CLOSING[open];
  for (let at = from, depth = 1; close !== undefined && at < to; at++) {
    if (text[at] === open) depth++;
    else if (text[at] === close && --depth === 0) to = at;
  }
  const value = text.slice(from, to);
  const start = from + value.length - value.trimStart().length;
  return { from: start, to: Math.max(start, from + value.trimEnd().length) };
}
