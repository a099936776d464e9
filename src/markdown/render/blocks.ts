import type { SyntaxNodeRef } from '@lezer/common';
import type { ElementName } from '../drawn.ts';
import type { Pen } from './pen.ts';

/** A block or an inline of which nothing else is to be said. */
export function openBlock(pen: Pen, name: ElementName, node: SyntaxNodeRef): void {
  loosenIn(pen, node.from);
  pen.open(
    name,
    node,
    node.name === 'MathBlock' || node.name === 'TemplateBlock' ? { isBlock: true } : {},
  );
}

/** A list, tight until a blank line is found in it. */
export function openList(pen: Pen, node: SyntaxNodeRef): void {
  const first = pen.doc.text.slice(node.from, node.from + 20);
  const start = /\d+/.exec(first)?.[0];
  const isOrdered = node.name === 'OrderedList';
  loosenIn(pen, node.from);
  pen.open(isOrdered ? 'ol' : 'ul', node, {
    isTight: true,
    ...(isOrdered && start && Number(start) !== 1 ? { start: Number(start) } : {}),
  });
}

/** A block of an item begins: a blank line before it, and the list is no tight one. */
export function loosenIn(pen: Pen, place: number): void {
  const { name, children } = pen.top.element;
  if (name === 'li' && children.length > 0) loosenAt(pen, place);
}

/** A blank line before a place: the innermost list is no tight one. */
export function loosenAt(pen: Pen, place: number): void {
  const inQuote = pen.frames.some(({ node }) => node === 'Blockquote');
  if (!isApart(pen.doc.text, place, inQuote)) return;
  const list = pen.frames.findLast(({ element: { name } }) => name === 'ul' || name === 'ol');
  if (list && list.element.children.length > 0) list.element.isTight = false;
}

/** A quote, or a callout where its first line says so. */
export function openQuote(pen: Pen, node: SyntaxNodeRef): void {
  const title = node.node.getChild('CalloutTitle')?.firstChild;
  const written = title && pen.doc.text.slice(title.from, title.to);
  const parts = written && /^\[!([^\]|]*)[^\]]*\]([+-]?)$/.exec(written);
  if (!parts) {
    openBlock(pen, 'blockquote', node);
    return;
  }
  const frame = pen.open('callout', node, { callout: parts[1]!.trim().toLowerCase() });
  if (parts[2]) frame.element.fold = parts[2] as '+' | '-';
}

/** The text of a task; its item has the mark. */
export function openTask(pen: Pen, node: SyntaxNodeRef): void {
  const marker = node.node.firstChild!;
  if (pen.top.element.name === 'li') {
    pen.top.element.task = pen.doc.text.slice(marker.from + 1, marker.to - 1);
  }
  pen.open('p', node);
}

/** A block of code with its language. */
export function openFence(pen: Pen, node: SyntaxNodeRef): void {
  const info = node.node.getChild('CodeInfo');
  openBlock(pen, 'pre', node);
  if (info) pen.top.element.language = pen.doc.text.slice(info.from, info.to).split(/\s/)[0]!;
}

/** The block that it ends, or the one before where it stands alone. */
export function markBlock(pen: Pen, id: string): void {
  const block = pen.frames.findLast(({ element: { name } }) =>
    /^(?:p|h\d|dt|dd|callout-title)$/.test(name),
  );
  if (!block) return;
  const item = pen.frames[pen.frames.indexOf(block) - 1];
  const { element } = block;
  if (element.children.length > 0) {
    (item?.element.name === 'li' ? item.element : element).blockId = id;
    return;
  }
  const before = item?.element.children.at(-2);
  if (typeof before === 'object') before.blockId = id;
}

/** Whether a blank line stands before a place; in a quote it has its signs. */
function isApart(text: string, place: number, inQuote: boolean): boolean {
  let lines = 0;
  const gap = inQuote ? /[\s>]/ : /\s/;
  for (let at = place - 1; at >= 0 && gap.test(text[at]!); at--) {
    if (text[at] === '\n' && ++lines === 2) return true;
  }
  return false;
}
