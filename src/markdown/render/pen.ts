import type { SyntaxNodeRef } from '@lezer/common';
import type { NoteDocument } from '../document.ts';
import type { Drawn, DrawnElement, ElementName } from '../drawn.ts';
import { type Definition, definitionsOf } from '../links.ts';
import type { Piece } from '../piece.ts';
import { drawnPieces } from '../pieces.ts';

/** Code: what ends a line of it is a space. */
const LITERAL = new Set<ElementName>(['code', 'math', 'template']);
/** What holds blocks: space between them is none. */
const HOLDERS = new Set<ElementName>([
  'blockquote',
  'callout',
  'details',
  'dl',
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

export interface Frame {
  element: DrawnElement;
  /** The node that it is drawn for; an HTML tag has none. */
  node: string | null;
  /** Of a row: its column. Of a table: the alignments. */
  column?: number;
  columns?: DrawnElement['align'][];
}

/** Where the drawing is: the elements that are open, and what of the text is not drawn yet. */
export class Pen {
  readonly #pieces: readonly Piece[];
  readonly definitions: Map<string, Definition>;
  readonly root: DrawnElement;
  readonly frames: Frame[];
  #next = 0;
  /** In a block of HTML the end of a line is a space. */
  isInHtml = false;
  readonly notes = new Map<string, DrawnElement>();
  readonly numbers = new Map<string, number>();

  constructor(
    readonly doc: NoteDocument,
    readonly from: number,
    readonly to: number,
  ) {
    this.#pieces = drawnPieces(doc);
    this.definitions = definitionsOf(doc);
    this.root = { name: 'details', from, to, children: [] };
    this.frames = [{ element: this.root, node: 'Document' }];
    while (this.#next < this.#pieces.length && this.#pieces[this.#next]!.to <= from) this.#next++;
  }

  /** The innermost element. */
  get top(): Frame {
    return this.frames.at(-1)!;
  }

  /** Into the innermost element. */
  append(child: Drawn): void {
    const { children } = this.top.element;
    const last = children.length - 1;
    if (typeof child === 'string' && typeof children[last] === 'string') children[last] += child;
    else children.push(child);
  }

  /** What is read up to a place goes into the innermost element. */
  flush(to: number): void {
    const holds = HOLDERS.has(this.top.element.name);
    for (; this.#next < this.#pieces.length && this.#pieces[this.#next]!.from < to; this.#next++) {
      const piece = this.#pieces[this.#next]!;
      const end = Math.min(piece.to, this.to);
      let read = '';
      if (piece.kind === 'text') {
        read = this.doc.text.slice(Math.max(piece.from, this.from), end);
      } else if (piece.kind === 'replaced' && piece.from >= this.from && piece.from < this.to) {
        if (!holds && this.#isSoftBreak(piece, piece.by)) {
          this.append({ name: 'br', from: piece.from, to: piece.to, children: [], isSoft: true });
          continue;
        }
        read = piece.by;
      }
      if (read !== '' && !(holds && read.trim() === '')) this.append(read);
    }
  }

  /** The end of a line within a paragraph. */
  #isSoftBreak({ to }: Piece, by: string): boolean {
    if (by !== ' ' || this.doc.text[to - 1] !== '\n' || this.isInHtml) return false;
    return !LITERAL.has(this.top.element.name);
  }

  /** Leaves out what is read up to a place: it was drawn otherwise. */
  skip(to: number): void {
    while (this.#next < this.#pieces.length && this.#pieces[this.#next]!.from < to) this.#next++;
  }

  /** Opens an element for a node. */
  open(name: ElementName, node: SyntaxNodeRef, more: Partial<DrawnElement> = {}): Frame {
    const element: DrawnElement = { name, from: node.from, to: node.to, children: [], ...more };
    const frame = { element, node: node.name };
    this.append(element);
    this.frames.push(frame);
    return frame;
  }

  /** An element that holds nothing which is read on its own. */
  leaf(name: ElementName, node: SyntaxNodeRef, more: Partial<DrawnElement> = {}): false {
    this.append({ name, from: node.from, to: node.to, children: [], ...more });
    this.skip(node.to);
    return false;
  }

  /** A space behind what is not read is none of the text, but it stands between two things. */
  spaceAfter(read: string, { to }: SyntaxNodeRef): false {
    if (read === '' && /[ \t]/.test(this.doc.text[to] ?? '')) this.append(' ');
    return false;
  }

  /** What would be read up to a place. */
  readUpTo(to: number): string {
    let read = '';
    for (let i = this.#next; i < this.#pieces.length && this.#pieces[i]!.from < to; i++) {
      const piece = this.#pieces[i]!;
      if (piece.kind === 'text') read += this.doc.text.slice(piece.from, piece.to);
      else if (piece.kind === 'replaced') read += piece.by;
    }
    return read;
  }

  /** Tags that are not closed are none: what they hold stands where they stood. */
  closeTags(depth: number): void {
    while (this.frames.length > depth) {
      const { element } = this.frames.pop()!;
      const { children } = this.top.element;
      const at = children.lastIndexOf(element);
      const rest = children.splice(at);
      for (const child of element.children) this.append(child);
      for (const child of rest.slice(1)) this.append(child);
    }
  }
}
