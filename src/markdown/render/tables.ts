import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import type { DrawnElement } from '../drawn.ts';
import { alignments } from '../table-columns.ts';
import type { Frame, Pen } from './pen.ts';

/** Columns of a table whose short rows are filled: with more, a small note had a million cells. */
const MOST_FILLED = 100;

/** The alignment of each column of a table. */
export function columnsOf(text: string, table: SyntaxNode): DrawnElement['align'][] {
  const row = table.getChildren('TableDelimiter')[0];
  return row ? alignments(text.slice(row.from, row.to)) : [];
}

/** A row, in the head or in the body. */
export function openRow(pen: Pen, node: SyntaxNodeRef): void {
  const { children } = pen.top.element;
  const isHead = node.name === 'TableHeader';
  const last = children.at(-1);
  let group = typeof last === 'object' && last.name === 'tbody' ? last : null;
  if (!group) {
    group = { name: isHead ? 'thead' : 'tbody', from: node.from, to: node.to, children: [] };
    children.push(group);
  }
  group.to = node.to;
  const element: DrawnElement = { name: 'tr', from: node.from, to: node.to, children: [] };
  group.children.push(element);
  pen.frames.push({ element, node: node.name, column: 0, columns: pen.top.columns });
}

/** A cell in its column; columns that were passed over get empty ones. */
export function openCell(pen: Pen, node: SyntaxNodeRef): void {
  const row = pen.top;
  const { element, columns = [], column = 0 } = row;
  while (element.children.length < column) {
    element.children.push(cellOf(row, element.children.length, node.from, node.from));
  }
  const cell = cellOf(row, column, node.from, node.to);
  // More than the head has are none.
  if (column < columns.length) element.children.push(cell);
  pen.frames.push({ element: cell, node: node.name });
}

function cellOf(
  { node, columns = [] }: Frame,
  column: number,
  from: number,
  to: number,
): DrawnElement {
  const name = node === 'TableHeader' ? 'th' : 'td';
  const align = columns[column];
  return { name, from, to, children: [], ...(align ? { align } : {}) };
}

/** Empty cells up to the last column of the head. */
export function fillRow(row: Frame): void {
  const { element, columns = [] } = row;
  if (columns.length > MOST_FILLED) return;
  while (element.children.length < columns.length) {
    element.children.push(cellOf(row, element.children.length, element.to, element.to));
  }
}
