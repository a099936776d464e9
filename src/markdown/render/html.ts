import type { SyntaxNodeRef } from '@lezer/common';
import type { DrawnElement, ElementName } from '../drawn.ts';
import { htmlTokens, tagName } from '../html-tokens.ts';
import type { Frame, Pen } from './pen.ts';

/** Tags that are drawn as what they are, without their attributes. */
const TAGS = new Set<ElementName>(['u', 'kbd', 'sub', 'sup', 'mark', 'details', 'summary']);
/** Elements around a tag; one that is deeper is not drawn. */
const DEEPEST_TAGS = 100;

/** One HTML tag: an element of the short list begins or ends, any other is left out. */
export function drawTag(
  pen: Pen,
  source: string,
  { from, to }: { from: number; to: number },
): void {
  const name = tagName(source) as ElementName;
  if ((name as string) === 'br') {
    pen.append({ name: 'br', from, to, children: [] });
    pen.skip(to);
    return;
  }
  const isOpen = !source.startsWith('</');
  if (!TAGS.has(name) || (isOpen && pen.frames.length > DEEPEST_TAGS)) {
    pen.flush(to);
    return;
  }
  if (isOpen) {
    const element: DrawnElement = { name, from, to, children: [] };
    pen.append(element);
    pen.frames.push({ element, node: null });
    return;
  }
  const depth = pen.frames.findLastIndex((frame) => frame.node !== null) + 1;
  const at = pen.frames.findLastIndex(({ element }, i) => i >= depth && element.name === name);
  if (at < 0) return;
  pen.closeTags(at + 1);
  pen.frames.pop()!.element.to = to;
}

/** A block of HTML: its text in paragraphs, with the tags of the short list. */
export function drawHtmlBlock(pen: Pen, node: SyntaxNodeRef): void {
  const { text } = pen.doc;
  let paragraph: Frame | null = null;
  pen.isInHtml = true;
  const close = (): void => {
    if (!paragraph) return;
    const at = pen.frames.indexOf(paragraph);
    pen.closeTags(at + 1);
    pen.frames.pop();
    paragraph = null;
  };
  const begin = (at: number): void => {
    if (paragraph || pen.top.element.name === 'summary') return;
    const element: DrawnElement = { name: 'p', from: at, to: node.to, children: [] };
    pen.append(element);
    paragraph = { element, node: 'HTMLBlock' };
    pen.frames.push(paragraph);
  };
  for (const token of htmlTokens(text, node.from, node.to)) {
    const source = text.slice(token.from, token.to);
    const name = token.kind === 'tag' ? tagName(source) : '';
    if (name === 'details' || name === 'summary') {
      close();
      drawTag(pen, source, token);
    } else if (token.kind === 'tag') {
      if (TAGS.has(name as ElementName) && !source.startsWith('</')) begin(token.from);
      else if (pen.readUpTo(token.to).trim() !== '') begin(token.from);
      if (name !== 'br' || paragraph) drawTag(pen, source, token);
      if (name === 'p' || name === 'div' || name === 'hr') close();
    } else if (token.kind === 'comment' || token.kind === 'machine') {
      pen.skip(token.to);
    } else {
      if (source.trim() !== '') begin(token.from);
      pen.flush(token.to);
    }
  }
  close();
  pen.skip(node.to);
  pen.isInHtml = false;
}
