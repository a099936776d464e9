/** From a note's tree to what is drawn of it. Walks the tree without recursion. */
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import type { NoteDocument } from './document.ts';
import type { Drawn, DrawnElement, ElementName } from './drawn.ts';
import { htmlTokens, tagName } from './html-tokens.ts';
import { labelKey } from './inline/link-parts.ts';
import { bareTarget, type Definition, definitionsOf, isBare, linkOf, wikiLink } from './links.ts';
import type { Piece } from './piece.ts';
import { drawnPieces } from './pieces.ts';
import { safeAddress } from './safe-address.ts';
import { alignments } from './table-columns.ts';

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
  Hashtag: 'tag',
  PropertyKey: 'key',
  CalloutTitle: 'callout-title',
  CodeBlock: 'pre',
  FrontMatter: 'properties',
  RemarkBlock: 'p',
};
/** Tags that are drawn as what they are, without their attributes. */
const TAGS = new Set<ElementName>(['u', 'kbd', 'sub', 'sup', 'mark', 'details', 'summary']);
/** Elements around a tag; one that is deeper is not drawn. */
const DEEPEST_TAGS = 100;
/** Code: what ends a line of it is a space. */
const LITERAL = new Set<ElementName>(['code', 'math', 'template']);
/** Columns of a table whose short rows are filled: with more, a small note had a million cells. */
const MOST_FILLED = 100;
/** What holds blocks: space between them is none. */
const HOLDERS = new Set<ElementName>([
  'blockquote',
  'callout',
  'details',
  'footnote',
  'footnotes',
  'li',
  'ol',
  'ul',
  'table',
  'thead',
  'tbody',
  'tr',
]);

interface Frame {
  element: DrawnElement;
  /** The node that it is drawn for; an HTML tag has none. */
  node: string | null;
  /** Of a row: its column. Of a table: the alignments. */
  column?: number;
  columns?: DrawnElement['align'][];
}

/**
 * Draws a note, or a stretch of it.
 *
 * @returns its blocks; the footnotes come last, in the order in which they are referred to
 */
export function render(doc: NoteDocument, from = 0, to = doc.text.length): Drawn[] {
  return new Renderer(doc, from, to).run();
}

class Renderer {
  private readonly pieces: readonly Piece[];
  private readonly definitions: Map<string, Definition>;
  private readonly root: DrawnElement;
  private readonly frames: Frame[];
  private next = 0;
  /** In a block of HTML the end of a line is a space. */
  private isInHtml = false;
  private readonly notes = new Map<string, DrawnElement>();
  private readonly numbers = new Map<string, number>();

  constructor(
    private readonly doc: NoteDocument,
    private readonly from: number,
    private readonly to: number,
  ) {
    this.pieces = drawnPieces(doc);
    this.definitions = definitionsOf(doc);
    this.root = { name: 'details', from, to, children: [] };
    this.frames = [{ element: this.root, node: 'Document' }];
    while (this.next < this.pieces.length && this.pieces[this.next]!.to <= from) this.next++;
  }

  run(): Drawn[] {
    this.doc.tree.iterate({
      enter: (node) => this.enter(node),
      leave: (node) => this.leave(node),
    });
    this.closeTags(1);
    const notes = [...this.numbers]
      .map(([key, number]) => ({ key, number, note: this.notes.get(key) }))
      .filter(({ note }) => note !== undefined);
    if (notes.length > 0) {
      const children = notes.map(({ note, number }) => ({ ...note!, number }));
      this.root.children.push({ name: 'footnotes', from: this.to, to: this.to, children });
    }
    return this.root.children;
  }

  private get top(): Frame {
    return this.frames.at(-1)!;
  }

  private append(child: Drawn): void {
    const { children } = this.top.element;
    const last = children.length - 1;
    if (typeof child === 'string' && typeof children[last] === 'string') children[last] += child;
    else children.push(child);
  }

  /** What is read up to a place goes into the innermost element. */
  private flush(to: number): void {
    const holds = HOLDERS.has(this.top.element.name);
    for (; this.next < this.pieces.length && this.pieces[this.next]!.from < to; this.next++) {
      const piece = this.pieces[this.next]!;
      const end = Math.min(piece.to, this.to);
      let read = '';
      if (piece.kind === 'text') {
        read = this.doc.text.slice(Math.max(piece.from, this.from), end);
      } else if (piece.kind === 'replaced' && piece.from >= this.from && piece.from < this.to) {
        if (!holds && this.isSoftBreak(piece, piece.by)) {
          this.append({ name: 'br', from: piece.from, to: piece.to, children: [], isSoft: true });
          continue;
        }
        read = piece.by;
      }
      if (read !== '' && !(holds && read.trim() === '')) this.append(read);
    }
  }

  /** The end of a line within a paragraph. */
  private isSoftBreak({ to }: Piece, by: string): boolean {
    if (by !== ' ' || this.doc.text[to - 1] !== '\n' || this.isInHtml) return false;
    return !LITERAL.has(this.top.element.name);
  }

  /** Leaves out what is read up to a place: it was drawn otherwise. */
  private skip(to: number): void {
    while (this.next < this.pieces.length && this.pieces[this.next]!.from < to) this.next++;
  }

  private open(name: ElementName, node: SyntaxNodeRef, more: Partial<DrawnElement> = {}): Frame {
    const element: DrawnElement = { name, from: node.from, to: node.to, children: [], ...more };
    const frame = { element, node: node.name };
    this.append(element);
    this.frames.push(frame);
    return frame;
  }

  private leaf(name: ElementName, node: SyntaxNodeRef, more: Partial<DrawnElement> = {}): false {
    this.append({ name, from: node.from, to: node.to, children: [], ...more });
    this.skip(node.to);
    return false;
  }

  private enter(node: SyntaxNodeRef): boolean {
    const { name, from, to } = node;
    if (name === 'Document') return true;
    if (to <= this.from || from >= this.to) return false;
    this.flush(from);
    const { text } = this.doc;
    const drawn = NAMES[name];
    switch (name) {
      case 'HardBreak':
        this.leaf('br', node);
        return false;
      case 'HorizontalRule':
      case 'FrontMatter':
        return this.leaf(drawn!, node);
      case 'BulletList':
      case 'OrderedList':
        this.openList(node);
        return true;
      case 'ListItem':
        this.loosenAt(from);
        this.open('li', node);
        return true;
      case 'Blockquote':
        this.openQuote(node);
        return true;
      case 'Task':
        this.openTask(node);
        return true;
      case 'FencedCode':
        this.openFence(node);
        return true;
      case 'Table':
        this.open('table', node).columns = columnsOf(text, node.node);
        return true;
      case 'TableHeader':
      case 'TableRow':
        this.openRow(node);
        return true;
      case 'TableDelimiter':
        if (this.top.column !== undefined && from > this.top.element.from) this.top.column++;
        return false;
      case 'TableCell':
        this.openCell(node);
        return true;
      case 'Link':
        this.openLink(node);
        return true;
      case 'Image':
        return this.image(node);
      case 'URL':
        return this.address(node);
      case 'WikiLink':
      case 'Embed':
        return this.wiki(node);
      case 'HTMLTag':
        this.tag(text.slice(from, to), node);
        return false;
      case 'HTMLBlock':
      case 'CommentBlock':
        this.htmlBlock(node);
        return false;
      case 'FootnoteReference':
        return this.leaf('footnote-reference', node, {
          number: this.numberOf(labelKey(text.slice(from + 2, to - 1))),
        });
      case 'Footnote':
        this.openFootnote(node);
        return true;
      case 'InlineFootnote':
        this.openInlineFootnote(node);
        return true;
      case 'FootnoteMark':
        this.skip(to);
        return false;
      case 'BlockId':
        this.markBlock(text.slice(from + 1, to));
        return false;
      default:
        if (drawn) this.block(drawn, node);
        return true;
    }
  }

  private leave(node: SyntaxNodeRef): void {
    if (node.name === 'Document' || node.to <= this.from || node.from >= this.to) {
      if (node.name === 'Document') this.flush(node.to);
      return;
    }
    this.flush(node.to);
    const depth = this.frames.findLastIndex((frame) => frame.node !== null);
    const frame = this.frames[depth]!;
    const { element } = frame;
    if (depth === 0 || frame.node !== node.name || element.to !== node.to) return;
    if (node.name === 'TableRow' || node.name === 'TableHeader') this.fillRow(frame);
    this.closeTags(depth + 1);
    this.frames.pop();
    // What holds a remark, or the id of a block, alone.
    const isEmpty = element.children.length === 0;
    const isCut = element.from < this.from || element.to > this.to;
    if (isEmpty && (isCut || element.name === 'p' || element.name === 'callout-title')) {
      const { children } = this.top.element;
      if (children.at(-1) === element) children.pop();
    }
  }

  /** A block or an inline of which nothing else is to be said. */
  private block(name: ElementName, node: SyntaxNodeRef): void {
    this.loosenIn(node.from);
    this.open(
      name,
      node,
      node.name === 'MathBlock' || node.name === 'TemplateBlock' ? { isBlock: true } : {},
    );
  }

  private openList(node: SyntaxNodeRef): void {
    const first = this.doc.text.slice(node.from, node.from + 20);
    const start = /\d+/.exec(first)?.[0];
    const isOrdered = node.name === 'OrderedList';
    this.loosenIn(node.from);
    this.open(isOrdered ? 'ol' : 'ul', node, {
      isTight: true,
      ...(isOrdered && start && Number(start) !== 1 ? { start: Number(start) } : {}),
    });
  }

  /** A block of an item begins: a blank line before it, and the list is no tight one. */
  private loosenIn(place: number): void {
    const { name, children } = this.top.element;
    if (name === 'li' && children.length > 0) this.loosenAt(place);
  }

  private loosenAt(place: number): void {
    const inQuote = this.frames.some(({ node }) => node === 'Blockquote');
    if (!isApart(this.doc.text, place, inQuote)) return;
    const list = this.frames.findLast(({ element: { name } }) => name === 'ul' || name === 'ol');
    if (list && list.element.children.length > 0) list.element.isTight = false;
  }

  private openQuote(node: SyntaxNodeRef): void {
    const title = node.node.getChild('CalloutTitle')?.firstChild;
    const written = title && this.doc.text.slice(title.from, title.to);
    const parts = written && /^\[!([^\]|]*)[^\]]*\]([+-]?)$/.exec(written);
    if (!parts) {
      this.block('blockquote', node);
      return;
    }
    const frame = this.open('callout', node, { callout: parts[1]!.trim().toLowerCase() });
    if (parts[2]) frame.element.fold = parts[2] as '+' | '-';
  }

  private openTask(node: SyntaxNodeRef): void {
    const marker = node.node.firstChild!;
    if (this.top.element.name === 'li') {
      this.top.element.task = this.doc.text.slice(marker.from + 1, marker.to - 1);
    }
    this.open('p', node);
  }

  private openFence(node: SyntaxNodeRef): void {
    const info = node.node.getChild('CodeInfo');
    this.block('pre', node);
    if (info) this.top.element.language = this.doc.text.slice(info.from, info.to).split(/\s/)[0]!;
  }

  private openRow(node: SyntaxNodeRef): void {
    const { children } = this.top.element;
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
    this.frames.push({ element, node: node.name, column: 0, columns: this.top.columns });
  }

  private openCell(node: SyntaxNodeRef): void {
    const row = this.top;
    const { element, columns = [], column = 0 } = row;
    while (element.children.length < column) {
      element.children.push(this.cell(row, element.children.length, node.from, node.from));
    }
    const cell = this.cell(row, column, node.from, node.to);
    // More than the head has are none.
    if (column < columns.length) element.children.push(cell);
    this.frames.push({ element: cell, node: node.name });
  }

  private cell(
    { node, columns = [] }: Frame,
    column: number,
    from: number,
    to: number,
  ): DrawnElement {
    const name = node === 'TableHeader' ? 'th' : 'td';
    const align = columns[column];
    return { name, from, to, children: [], ...(align ? { align } : {}) };
  }

  private fillRow(row: Frame): void {
    const { element, columns = [] } = row;
    if (columns.length > MOST_FILLED) return;
    while (element.children.length < columns.length) {
      element.children.push(this.cell(row, element.children.length, element.to, element.to));
    }
  }

  private openLink(node: SyntaxNodeRef): void {
    const link = linkOf(this.doc.text, node.node, this.definitions);
    const place = link?.block !== undefined ? `#^${link.block}` : '';
    const heading = link?.heading !== undefined ? `#${link.heading}` : place;
    const href = link && safeAddress(link.target + heading);
    const more: Partial<DrawnElement> = {};
    if (href !== null && href !== undefined) more.href = href;
    if (link?.title !== undefined) more.title = link.title;
    this.open('a', node, more);
  }

  private image(node: SyntaxNodeRef): false {
    const link = linkOf(this.doc.text, node.node, this.definitions);
    const alt = this.readUpTo(node.to);
    const src = link && safeAddress(link.target);
    const more: Partial<DrawnElement> = { alt };
    if (src) more.src = src;
    if (link?.title !== undefined) more.title = link.title;
    this.leaf('img', node, more);
    return this.spaceAfter(alt, node);
  }

  /** A space behind what is not read is none of the text, but it stands between two things. */
  private spaceAfter(read: string, { to }: SyntaxNodeRef): false {
    if (read === '' && /[ \t]/.test(this.doc.text[to] ?? '')) this.append(' ');
    return false;
  }

  private readUpTo(to: number): string {
    let read = '';
    for (let i = this.next; i < this.pieces.length && this.pieces[i]!.from < to; i++) {
      const piece = this.pieces[i]!;
      if (piece.kind === 'text') read += this.doc.text.slice(piece.from, piece.to);
      else if (piece.kind === 'replaced') read += piece.by;
    }
    return read;
  }

  /** One that stands as it is; that of a link is none of the text. */
  private address(node: SyntaxNodeRef): boolean {
    if (!isBare(node.node)) return false;
    const inLink = this.frames.some(({ element: { name } }) => name === 'a');
    const href = inLink ? null : safeAddress(bareTarget(this.doc.text.slice(node.from, node.to)));
    if (href !== null) this.open('a', node, { href });
    return true;
  }

  private wiki(node: SyntaxNodeRef): false {
    const { text } = this.doc;
    const isEmbed = node.name === 'Embed';
    const link = wikiLink(text, node.node, isEmbed ? 'embed' : 'wiki');
    const { target, heading, block, width, height } = link;
    const read = this.readUpTo(node.to);
    this.leaf(isEmbed ? 'embed' : 'wiki', node, {
      target,
      ...(heading === undefined ? {} : { heading }),
      ...(block === undefined ? {} : { block }),
      ...(width === undefined ? {} : { width }),
      ...(height === undefined ? {} : { height }),
      children: read === '' ? [] : [read],
    });
    return this.spaceAfter(read, node);
  }

  private tag(source: string, { from, to }: { from: number; to: number }): void {
    const name = tagName(source) as ElementName;
    if ((name as string) === 'br') {
      this.append({ name: 'br', from, to, children: [] });
      this.skip(to);
      return;
    }
    const isOpen = !source.startsWith('</');
    if (!TAGS.has(name) || (isOpen && this.frames.length > DEEPEST_TAGS)) {
      this.flush(to);
      return;
    }
    if (isOpen) {
      const element: DrawnElement = { name, from, to, children: [] };
      this.append(element);
      this.frames.push({ element, node: null });
      return;
    }
    const depth = this.frames.findLastIndex((frame) => frame.node !== null) + 1;
    const at = this.frames.findLastIndex(({ element }, i) => i >= depth && element.name === name);
    if (at < 0) return;
    this.closeTags(at + 1);
    this.frames.pop()!.element.to = to;
  }

  /** Tags that are not closed are none: what they hold stands where they stood. */
  private closeTags(depth: number): void {
    while (this.frames.length > depth) {
      const { element } = this.frames.pop()!;
      const { children } = this.top.element;
      const at = children.lastIndexOf(element);
      const rest = children.splice(at);
      for (const child of element.children) this.append(child);
      for (const child of rest.slice(1)) this.append(child);
    }
  }

  private htmlBlock(node: SyntaxNodeRef): void {
    const { text } = this.doc;
    let paragraph: Frame | null = null;
    this.isInHtml = true;
    const close = (): void => {
      if (!paragraph) return;
      const at = this.frames.indexOf(paragraph);
      this.closeTags(at + 1);
      this.frames.pop();
      paragraph = null;
    };
    const begin = (at: number): void => {
      if (paragraph || this.top.element.name === 'summary') return;
      const element: DrawnElement = { name: 'p', from: at, to: node.to, children: [] };
      this.append(element);
      paragraph = { element, node: 'HTMLBlock' };
      this.frames.push(paragraph);
    };
    for (const token of htmlTokens(text, node.from, node.to)) {
      const source = text.slice(token.from, token.to);
      const name = token.kind === 'tag' ? tagName(source) : '';
      if (name === 'details' || name === 'summary') {
        close();
        this.tag(source, token);
      } else if (token.kind === 'tag') {
        if (TAGS.has(name as ElementName) && !source.startsWith('</')) begin(token.from);
        else if (this.readUpTo(token.to).trim() !== '') begin(token.from);
        if (name !== 'br' || paragraph) this.tag(source, token);
        if (name === 'p' || name === 'div' || name === 'hr') close();
      } else if (token.kind === 'comment' || token.kind === 'machine') {
        this.skip(token.to);
      } else {
        if (source.trim() !== '') begin(token.from);
        this.flush(token.to);
      }
    }
    close();
    this.skip(node.to);
    this.isInHtml = false;
  }

  private numberOf(key: string): number {
    const number = this.numbers.get(key) ?? this.numbers.size + 1;
    this.numbers.set(key, number);
    return number;
  }

  /** A footnote stands below, not where it is written. */
  private openFootnote(node: SyntaxNodeRef): void {
    const label = node.node.firstChild!;
    const key = labelKey(this.doc.text.slice(label.from + 2, label.to - 2));
    const element: DrawnElement = { name: 'footnote', from: node.from, to: node.to, children: [] };
    if (!this.notes.has(key)) this.notes.set(key, element);
    this.frames.push({ element, node: node.name });
  }

  private openInlineFootnote(node: SyntaxNodeRef): void {
    const key = `^[${node.from}`;
    const { from, to } = node;
    const number = this.numberOf(key);
    this.append({ name: 'footnote-reference', from, to, children: [], number });
    const text: DrawnElement = { name: 'p', from, to, children: [] };
    this.notes.set(key, { name: 'footnote', from, to, children: [text] });
    this.frames.push({ element: text, node: node.name });
  }

  /** The block that it ends, or the one before where it stands alone. */
  private markBlock(id: string): void {
    const block = this.frames.findLast(({ element: { name } }) =>
      /^(?:p|h\d|callout-title)$/.test(name),
    );
    if (!block) return;
    const item = this.frames[this.frames.indexOf(block) - 1];
    const { element } = block;
    if (element.children.length > 0) {
      (item?.element.name === 'li' ? item.element : element).blockId = id;
      return;
    }
    const before = item?.element.children.at(-2);
    if (typeof before === 'object') before.blockId = id;
  }
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

function columnsOf(text: string, table: SyntaxNode): DrawnElement['align'][] {
  const row = table.getChildren('TableDelimiter')[0];
  return row ? alignments(text.slice(row.from, row.to)) : [];
}
