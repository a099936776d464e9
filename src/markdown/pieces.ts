import type { SyntaxNodeRef } from '@lezer/common';
import type { NoteDocument } from './document.ts';
import { decodeEntity } from './entities.ts';
import { MACHINE_TAGS } from './html-names.ts';
import { writeHtml, writeTag } from './html-pieces.ts';
import { tagName } from './html-tokens.ts';
import { hideMachineText } from './machine-text.ts';
import type { Piece } from './piece.ts';
import { PieceWriter } from './piece-writer.ts';
import { wikiShownEnd, writeWikiTarget } from './wiki-pieces.ts';

/** How what stands in a node, beside its children, is taken. */
type How = 'between' | 'text' | 'lines' | 'code' | 'sign' | 'comment' | 'machine' | 'verbatim';

const HOW: Record<string, How> = {};
const set = (how: How, list: string): void => {
  for (const name of list.trim().split(/\s+/)) HOW[name] = how;
};
set('between', 'Document Blockquote BulletList OrderedList ListItem Footnote Table DefinitionList');
set(
  'text',
  `Paragraph ATXHeading1 ATXHeading2 ATXHeading3 ATXHeading4 ATXHeading5 ATXHeading6 SetextHeading1
  SetextHeading2 Task CalloutTitle DefinitionTerm Definition TableCell Emphasis StrongEmphasis Strikethrough Highlight Link Image
  InlineFootnote Math Template WikiShown PropertyKey Hashtag Autolink URL`,
);
set('lines', 'MathBlock TemplateBlock');
set('code', 'InlineCode');
set('verbatim', 'CodeText');
set('comment', 'Comment RemarkBlock');
set('machine', 'ProcessingInstruction');
/** They begin a line of their own. */
const LEAVES = new Set(
  `Paragraph ATXHeading1 ATXHeading2 ATXHeading3 ATXHeading4 ATXHeading5 ATXHeading6 SetextHeading1
  SetextHeading2 Task CalloutTitle DefinitionTerm Definition TableHeader TableRow FencedCode CodeBlock MathBlock TemplateBlock
  HTMLBlock CommentBlock RemarkBlock`.split(/\s+/),
);

/** A node that is being walked through. */
interface Frame {
  name: string;
  how: How;
  from: number;
  to: number;
  /** Of a link or an image: behind its text, where its address is. Of a remark: behind its end. */
  isTail: boolean;
  /** Of a wiki link. */
  isShown: boolean;
  /** Of code in a line: where it begins and ends without the spaces that only keep it apart. */
  inner: [from: number, to: number];
  /** Of a fence and its code: how far the fence is indented. */
  indent: number;
}

/** Remembers what a function made of a note, as long as the note is there. */
function once<T>(make: (doc: NoteDocument) => T): (doc: NoteDocument) => T {
  const known = new WeakMap<NoteDocument, T>();
  return (doc) => {
    let made = known.get(doc);
    if (made === undefined) {
      made = make(doc);
      known.set(doc, made);
    }
    return made;
  };
}

/** The pieces of a note as it is drawn, in order, without a gap. Linear, without recursion. */
export const drawnPieces = once((doc): readonly Piece[] => read(doc));

/** The same as it is searched: a machine's text is hidden in it. */
export const piecesOf = once((doc) => hideMachineText(doc.text, drawnPieces(doc)));

/** The first piece that ends behind a place. */
export function firstPiece(pieces: readonly Piece[], place: number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle]!.to <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function read({ text, tree }: NoteDocument): Piece[] {
  const out = new PieceWriter(text);
  const frames: Frame[] = [];
  const scripts = new InlineScripts(text);
  /** Within a node that was written as a whole. */
  let skip = 0;
  tree.iterate({
    enter(node) {
      if (skip > 0) {
        skip++;
        return;
      }
      const parent = frames.at(-1);
      scripts.hide(out, node.from);
      if (parent) writeGap(out, parent, node.from);
      if (node.to <= scripts.end) {
        out.hidden(node.to, 'machine');
        skip = 1;
        return;
      }
      if (writeWhole(out, node, parent, frames)) {
        out.jump(node.to);
        if (node.name === 'HTMLTag') scripts.meet(node, frames);
        skip = 1;
        return;
      }
      if (LEAVES.has(node.name)) out.begin();
      frames.push(frameOf(text, node, parent));
    },
    leave(node) {
      if (skip > 0) {
        skip--;
        return;
      }
      const frame = frames.pop()!;
      scripts.hide(out, node.to);
      writeGap(out, frame, node.to);
    },
  });
  return out.finish();
}

/** What stands in a line between the tags of a script or a style, which is a machine's. */
class InlineScripts {
  /** Up to where it goes; behind that nothing is known. */
  end = 0;
  /** By name: where it is closed next, and from where on that was looked for. */
  private readonly closes = new Map<string, { from: number; at: number }>();

  constructor(private readonly source: string) {}

  /** A tag that may begin one. */
  meet({ from, to }: SyntaxNodeRef, frames: readonly Frame[]): void {
    const name = tagName(this.source.slice(from, Math.min(to, from + 10)));
    if (!MACHINE_TAGS.has(name) || this.source[from + 1] === '/') return;
    let close = this.closes.get(name);
    if (!close || close.from > to || (close.at >= 0 && close.at < to)) {
      close = { from: to, at: this.source.indexOf(`</${name}`, to) };
      this.closes.set(name, close);
    }
    const leaf = frames.findLast((frame) => LEAVES.has(frame.name));
    // One that is not closed where it stands hides nothing.
    if (leaf && close.at >= 0 && close.at < leaf.to) this.end = close.at;
  }

  hide(out: PieceWriter, to: number): void {
    if (out.at < this.end) out.hidden(Math.min(to, this.end), 'machine');
  }
}

function frameOf(text: string, { name, from, to }: SyntaxNodeRef, parent?: Frame): Frame {
  const frame: Frame = {
    name,
    how: HOW[name] ?? 'sign',
    from,
    to,
    isTail: false,
    isShown: false,
    inner: [from, to],
    indent: name === 'CodeText' ? (parent?.indent ?? 0) : 0,
  };
  // Within a container the code begins where its content does.
  if (name === 'FencedCode' && parent?.name === 'Document') {
    while (text[from - 1 - frame.indent] === ' ') frame.indent++;
  }
  if (name === 'InlineCode') frame.inner = codeInner(text, from, to);
  if (name === 'WikiLink' || name === 'Embed') frame.isShown = text.slice(from, to).includes('|');
  return frame;
}

/** Code in a line may be kept apart from its backticks by a space on either side. */
function codeInner(text: string, from: number, to: number): [number, number] {
  let open = from;
  while (text[open] === '`') open++;
  const close = to - (open - from);
  const isPadded =
    /[ \n]/.test(text[open] ?? '') &&
    /[ \n]/.test(text[close - 1] ?? '') &&
    /[^ \n]/.test(text.slice(open, close));
  return isPadded ? [open + 1, close - 1] : [open, close];
}

/** What stands up to `to` between a node's children. */
function writeGap(out: PieceWriter, frame: Frame, to: number): void {
  if (out.at >= to) return;
  switch (frame.how) {
    case 'between':
      out.between(to);
      return;
    case 'text':
      if (frame.isTail) out.sign(to);
      else out.text(to, ' ');
      return;
    case 'lines':
      out.text(to, '\n');
      return;
    case 'code':
      out.sign(Math.min(to, Math.max(out.at, frame.inner[0])));
      out.code(Math.min(to, frame.inner[1]));
      out.sign(to);
      return;
    case 'verbatim':
      if (frame.indent > 0) out.lines(to, frame.indent);
      else out.verbatim(to);
      return;
    case 'comment':
    case 'machine':
      if (frame.isTail) out.text(to, ' ');
      else out.hidden(to, frame.how);
      return;
    default:
      out.sign(to);
  }
}

/** Writes a node whose children do not matter. @returns false for others */
function writeWhole(
  out: PieceWriter,
  { name, from, to }: SyntaxNodeRef,
  parent: Frame | undefined,
  frames: readonly Frame[],
): boolean {
  const { source } = out;
  switch (name) {
    case 'FrontMatter':
      out.property(to);
      return true;
    case 'HTMLBlock':
    case 'CommentBlock':
    case 'ProcessingInstructionBlock':
      out.begin();
      writeHtml(out, to);
      return true;
    case 'HTMLTag':
      writeTag(out, to, false);
      return true;
    case 'Escape':
      out.sign(from + 1);
      out.text(to, ' ');
      return true;
    case 'Entity':
      out.replaced(to, decodeEntity(source.slice(from, to)));
      return true;
    case 'HardBreak':
      out.sign(to);
      out.separate('\n');
      return true;
    case 'LinkMark':
      out.sign(to);
      if (parent && source[from] === ']') parent.isTail = true;
      return true;
    case 'RemarkMark':
      if (parent && from > parent.from) parent.isTail = true;
      out.sign(to);
      return true;
    case 'URL': {
      const isAddress = parent?.isTail || parent?.name === 'LinkReference';
      if (!isAddress) return false;
      out.hidden(to, /^<?data:/i.test(source.slice(from, from + 6)) ? 'machine' : 'address');
      return true;
    }
    case 'LinkTitle':
      out.hidden(to, 'address');
      return true;
    case 'CodeInfo':
      out.hidden(to, 'language');
      return true;
    case 'TableDelimiter':
      out.sign(to);
      if (parent?.name === 'TableRow' || parent?.name === 'TableHeader') out.separate('\t');
      return true;
    case 'FootnoteMark':
      if (source[from] === '^') out.replaced(to, ' (');
      else out.replaced(to, ')');
      return true;
    case 'PropertyMark':
      if (source.slice(from, to).includes('::')) out.replaced(to, ':');
      else out.sign(to);
      return true;
    case 'WikiTarget':
      writeWikiTarget(out, to, parent?.name === 'Embed', frames.at(-1)?.isShown ?? false);
      return true;
    case 'WikiShown': {
      const end = wikiShownEnd(source.slice(from, to));
      out.text(from + end, ' ');
      out.sign(to);
      return true;
    }
    default:
      return false;
  }
}
