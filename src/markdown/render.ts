/** From a note's tree to what is drawn of it. Walks the tree without recursion. */
import type { SyntaxNodeRef } from '@lezer/common';
import type { NoteDocument } from './document.ts';
import type { Drawn, ElementName } from './drawn.ts';
import { labelKey } from './inline/link-parts.ts';
import {
  loosenAt,
  markBlock,
  openBlock,
  openFence,
  openList,
  openQuote,
  openTask,
} from './render/blocks.ts';
import { numberOf, openFootnote, openInlineFootnote } from './render/footnotes.ts';
import { drawHtmlBlock, drawTag } from './render/html.ts';
import { drawImage, drawWikiLink, openAddress, openLink } from './render/links.ts';
import { Pen } from './render/pen.ts';
import { columnsOf, fillRow, openCell, openRow } from './render/tables.ts';

/** What each node is drawn as, where nothing else is to be said of it. */
const NAMES: Record<string, ElementName> = {
  Paragraph: 'p',
  SetextHeading1: 'h1',
  SetextHeading2: 'h2',
  ATXHeading1: 'h1',
  ATXHeading2: 'h2',
  ATXHeading3: 'h3',
  ATXHeading4: 'h4',
  ATXHeading5: 'h5',
  ATXHeading6: 'h6',
  Task: 'p',
  Emphasis: 'em',
  StrongEmphasis: 'strong',
  Strikethrough: 'del',
  Highlight: 'mark',
  InlineCode: 'code',
  Math: 'math',
  MathBlock: 'math',
  Template: 'template',
  TemplateBlock: 'template',
  HorizontalRule: 'hr',
  ListItem: 'li',
  BulletList: 'ul',
  TableCell: 'td',
  DefinitionList: 'dl',
  DefinitionTerm: 'dt',
  Definition: 'dd',
  Hashtag: 'tag',
  PropertyKey: 'key',
  CalloutTitle: 'callout-title',
  CodeBlock: 'pre',
  FrontMatter: 'properties',
  RemarkBlock: 'p',
};

/**
 * Draws a note, or a stretch of it.
 *
 * @returns its blocks; the footnotes come last, in the order in which they are referred to
 */
export function render(doc: NoteDocument, from = 0, to = doc.text.length): Drawn[] {
  const pen = new Pen(doc, from, to);
  doc.tree.iterate({
    enter: (node) => enter(pen, node),
    leave: (node) => leave(pen, node),
  });
  pen.closeTags(1);
  const notes = [...pen.numbers]
    .map(([key, number]) => ({ key, number, note: pen.notes.get(key) }))
    .filter(({ note }) => note !== undefined);
  if (notes.length > 0) {
    const children = notes.map(({ note, number }) => ({ ...note!, number }));
    pen.root.children.push({ name: 'footnotes', from: pen.to, to: pen.to, children });
  }
  return pen.root.children;
}

function enter(pen: Pen, node: SyntaxNodeRef): boolean {
  const { name, from, to } = node;
  if (name === 'Document') return true;
  if (to <= pen.from || from >= pen.to) return false;
  pen.flush(from);
  const { text } = pen.doc;
  const drawn = NAMES[name];
  switch (name) {
    case 'HardBreak':
      pen.leaf('br', node);
      return false;
    case 'HorizontalRule':
    case 'FrontMatter':
      return pen.leaf(drawn!, node);
    case 'BulletList':
    case 'OrderedList':
      openList(pen, node);
      return true;
    case 'ListItem':
      loosenAt(pen, from);
      pen.open('li', node);
      return true;
    case 'Blockquote':
      openQuote(pen, node);
      return true;
    case 'Task':
      openTask(pen, node);
      return true;
    case 'FencedCode':
      openFence(pen, node);
      return true;
    case 'Table':
      pen.open('table', node).columns = columnsOf(text, node.node);
      return true;
    case 'TableHeader':
    case 'TableRow':
      openRow(pen, node);
      return true;
    case 'TableDelimiter':
      if (pen.top.column !== undefined && from > pen.top.element.from) pen.top.column++;
      return false;
    case 'TableCell':
      openCell(pen, node);
      return true;
    case 'Link':
      openLink(pen, node);
      return true;
    case 'Image':
      return drawImage(pen, node);
    case 'URL':
      return openAddress(pen, node);
    case 'WikiLink':
    case 'Embed':
      return drawWikiLink(pen, node);
    case 'HTMLTag':
      drawTag(pen, text.slice(from, to), node);
      return false;
    case 'HTMLBlock':
    case 'CommentBlock':
      drawHtmlBlock(pen, node);
      return false;
    case 'FootnoteReference':
      return pen.leaf('footnote-reference', node, {
        number: numberOf(pen, labelKey(text.slice(from + 2, to - 1))),
      });
    case 'Footnote':
      openFootnote(pen, node);
      return true;
    case 'InlineFootnote':
      openInlineFootnote(pen, node);
      return true;
    case 'FootnoteMark':
      pen.skip(to);
      return false;
    case 'BlockId':
      markBlock(pen, text.slice(from + 1, to));
      return false;
    default:
      if (drawn) openBlock(pen, drawn, node);
      return true;
  }
}

function leave(pen: Pen, node: SyntaxNodeRef): void {
  if (node.name === 'Document' || node.to <= pen.from || node.from >= pen.to) {
    if (node.name === 'Document') pen.flush(node.to);
    return;
  }
  pen.flush(node.to);
  const depth = pen.frames.findLastIndex((frame) => frame.node !== null);
  const frame = pen.frames[depth]!;
  const { element } = frame;
  if (depth === 0 || frame.node !== node.name || element.to !== node.to) return;
  if (node.name === 'TableRow' || node.name === 'TableHeader') fillRow(frame);
  pen.closeTags(depth + 1);
  pen.frames.pop();
  // What holds a remark, or the id of a block, alone.
  const isEmpty = element.children.length === 0;
  const isCut = element.from < pen.from || element.to > pen.to;
  if (isEmpty && (isCut || element.name === 'p' || element.name === 'callout-title')) {
    const { children } = pen.top.element;
    if (children.at(-1) === element) children.pop();
  }
}
