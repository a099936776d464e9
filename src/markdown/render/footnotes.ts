import type { SyntaxNodeRef } from '@lezer/common';
import type { DrawnElement } from '../drawn.ts';
import { labelKey } from '../inline/link-parts.ts';
import type { Pen } from './pen.ts';

/** The number of a footnote, from 1, in the order of the first references. */
export function numberOf(pen: Pen, key: string): number {
  const number = pen.numbers.get(key) ?? pen.numbers.size + 1;
  pen.numbers.set(key, number);
  return number;
}

/** A footnote stands below, not where it is written. */
export function openFootnote(pen: Pen, node: SyntaxNodeRef): void {
  const label = node.node.firstChild!;
  const key = labelKey(pen.doc.text.slice(label.from + 2, label.to - 2));
  const element: DrawnElement = { name: 'footnote', from: node.from, to: node.to, children: [] };
  if (!pen.notes.has(key)) pen.notes.set(key, element);
  pen.frames.push({ element, node: node.name });
}

/** The reference stands where it is written, its text below. */
export function openInlineFootnote(pen: Pen, node: SyntaxNodeRef): void {
  const key = `^[${node.from}`;
  const { from, to } = node;
  const number = numberOf(pen, key);
  pen.append({ name: 'footnote-reference', from, to, children: [], number });
  const text: DrawnElement = { name: 'p', from, to, children: [] };
  pen.notes.set(key, { name: 'footnote', from, to, children: [text] });
  pen.frames.push({ element: text, node: node.name });
}
