import type { SyntaxNode } from '@lezer/common';
import type { NoteDocument } from './document.ts';
import type { Range } from './grammar.ts';
import { plainText } from './plain-text.ts';
import { sentencesOf } from './sentences.ts';

export interface Excerpt {
  /** As it is read, in one line. */
  text: string;
  /** What it is about, in that text: UTF-16 units, end exclusive. */
  mark: [number, number];
}

/** Blocks whose words belong together. */
const BLOCK =
  /^(?:Paragraph|Task|(?:ATX|Setext)Heading\d|TableRow|TableHeader|CalloutTitle|DefinitionTerm|Definition)$/;
/** UTF-16 units on each side in which the ends of a sentence are looked for. */
const LOOKED_AT = 1_000;

/**
 * The sentence that a range of a note stands in, as it is read.
 *
 * @param most UTF-16 units, about: of a longer one what stands around the range
 */
export function sentenceAround(doc: NoteDocument, range: Range, most: number): Excerpt {
  const { from, to } = blockAround(doc, range);
  const plain = plainText(doc, from, to);
  const all = plain.text.replace(/\s/g, ' ');
  const start = plain.toPlain(range.from);
  const end = Math.max(start, plain.toPlain(range.to));
  const window = Math.max(0, start - LOOKED_AT);
  const near = all.slice(window, end + LOOKED_AT);
  let first = near.length;
  let last = 0;
  for (const sentence of sentencesOf(near)) {
    if (window + sentence.to <= start) continue;
    if (window + sentence.from >= end && first < near.length) break;
    first = Math.min(first, sentence.from);
    last = sentence.to;
  }
  return cut(all, [window + Math.min(first, last), window + last], [start, end], most);
}

function blockAround({ text, tree }: NoteDocument, { from, to }: Range): Range {
  let node: SyntaxNode | null = tree.resolveInner(from, 1);
  while (node && !BLOCK.test(node.name)) node = node.parent;
  if (node && node.to >= to) return { from: node.from, to: node.to };
  const lineEnd = text.indexOf('\n', to);
  return {
    from: text.lastIndexOf('\n', Math.max(0, from - 1)) + 1,
    to: lineEnd < 0 ? text.length : lineEnd,
  };
}

function cut(
  all: string,
  [from, to]: [number, number],
  [start, end]: [number, number],
  most: number,
): Excerpt {
  let first = from;
  let last = to;
  if (last - first > most) {
    const side = Math.max(20, Math.floor((most - (end - start)) / 2));
    first = Math.max(first, start - side);
    last = Math.min(last, Math.max(end + side, first + most));
  }
  const before = first > from ? '…' : '';
  const behind = last < to ? '…' : '';
  const lead = all.slice(first, start).replace(/\s+/g, ' ').trimStart();
  const own = all.slice(start, end).replace(/\s+/g, ' ');
  const rest = all.slice(end, last).replace(/\s+/g, ' ').trimEnd();
  const at = before.length + lead.length;
  return { text: before + lead + own + rest + behind, mark: [at, at + own.length] };
}
