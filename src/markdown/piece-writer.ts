import type { Hidden, Piece } from './piece.ts';

/** What may stand between two stretches of text, the weakest first. */
const SEPARATORS = ['', ' ', '\t', '\n'] as const;
export type Separator = (typeof SEPARATORS)[number];

/**
 * Writes the pieces of a text from its beginning to its end. Space at the start and the end of a line
 * is none; what is between two lines, cells or blocks becomes one separator, the strongest asked for.
 */
export class PieceWriter {
  /** Up to where all is written. */
  at = 0;
  private readonly pieces: Piece[] = [];
  private separator: Separator = '';
  /** Which piece becomes the separator, and which is the last that nobody sees; -1 for none. */
  private separatorPiece = -1;
  private unseen = -1;
  /** Space that is text only if more comes in its line. */
  private space = -1;
  private isFresh = true;
  private isEmpty = true;

  constructor(readonly source: string) {}

  finish(): Piece[] {
    this.sign(this.source.length);
    return this.pieces;
  }

  /** A block begins: space before its first word is none. */
  begin(): void {
    this.isFresh = true;
  }

  /** To where a node ends that was written as a whole. */
  jump(to: number): void {
    this.sign(to);
  }

  sign(to: number): void {
    if (to <= this.at) return;
    this.pieces.push({ from: this.at, to, kind: 'sign' });
    this.sees(to);
  }

  hidden(to: number, what: Hidden): void {
    if (to <= this.at) return;
    this.pieces.push({ from: this.at, to, kind: 'hidden', what });
    this.sees(to);
  }

  property(to: number): void {
    this.sign(Math.min(to, this.at));
    this.pieces.push({ from: this.at, to, kind: 'property' });
    this.sees(to);
  }

  /** Something is read in place of the source. */
  replaced(to: number, by: string): void {
    if (by === this.source.slice(this.at, to)) {
      this.text(to, ' ');
      return;
    }
    this.show();
    this.pieces.push({ from: this.at, to, kind: 'replaced', by });
    this.at = to;
  }

  /** Asks for a separator between what was read last and what comes. */
  separate(separator: Separator): void {
    if (this.unseen < 0) return;
    if (SEPARATORS.indexOf(separator) <= SEPARATORS.indexOf(this.separator)) return;
    this.separator = separator;
    this.separatorPiece = this.unseen;
  }

  /** Between blocks: space; were there anything else, it is text. */
  between(to: number): void {
    const gap = this.source.slice(this.at, to);
    if (gap.trim() !== '') {
      this.text(to, '\n');
      return;
    }
    this.sign(to);
    if (gap.includes('\n')) this.separate('\n');
  }

  /** As it stands: code. */
  verbatim(to: number): void {
    if (to <= this.at) return;
    this.show();
    this.pieces.push({ from: this.at, to, kind: 'text' });
    this.at = to;
  }

  /** Code within a line: spaces count, a line's end is one. */
  code(to: number): void {
    while (this.at < to) {
      const newline = this.source.indexOf('\n', this.at);
      const end = newline < 0 || newline >= to ? to : newline;
      if (this.separator === ' ') this.sign(spaceEnd(this.source, this.at, end));
      this.verbatim(end);
      if (end === to) return;
      this.sign(end + 1);
      this.separate(' ');
      this.isFresh = true;
    }
  }

  /** Lines of code, each without so many of the spaces that it begins with. */
  lines(to: number, indent: number): void {
    while (this.at < to) {
      const newline = this.source.indexOf('\n', this.at);
      const end = newline < 0 || newline >= to ? to : newline + 1;
      const limit = Math.min(this.at + indent, end);
      if (this.source[this.at] === ' ') this.sign(spaceEnd(this.source, this.at, limit));
      this.verbatim(end);
    }
  }

  /** @param lineEnd what a line's end is read as */
  text(to: number, lineEnd: Separator): void {
    while (this.at < to) {
      const newline = this.source.indexOf('\n', this.at);
      const end = newline < 0 || newline >= to ? to : newline;
      this.line(end);
      if (end === to) return;
      this.sign(end + 1);
      this.separate(lineEnd);
      this.isFresh = true;
    }
  }

  /** A stretch without a line's end. */
  private line(to: number): void {
    const first = spaceEnd(this.source, this.at, to);
    if (first > this.at) {
      if (this.isFresh || this.separator !== '' || this.space >= 0) this.sign(first);
      else if (first === to) this.maybeSpace(to);
      else this.verbatim(first);
    }
    if (first === to) return;
    const last = spaceStart(this.source, first, to);
    this.verbatim(last);
    this.maybeSpace(to);
  }

  private maybeSpace(to: number): void {
    if (to <= this.at) return;
    const before = this.space;
    this.sign(to);
    // Of several, one is enough: they stand apart by signs alone.
    this.space = before >= 0 ? before : this.pieces.length - 1;
  }

  private sees(to: number): void {
    this.unseen = this.pieces.length - 1;
    this.at = to;
  }

  /** Something that is read follows: what stands between becomes what it is. */
  private show(): void {
    if (this.separator !== '') {
      const { from, to } = this.pieces[this.separatorPiece]!;
      if (!this.isEmpty) {
        this.pieces[this.separatorPiece] =
          this.source.slice(from, to) === this.separator
            ? { from, to, kind: 'text' }
            : { from, to, kind: 'replaced', by: this.separator };
      }
    } else if (this.space >= 0 && !this.isEmpty) {
      const { from, to } = this.pieces[this.space]!;
      this.pieces[this.space] = { from, to, kind: 'text' };
    }
    this.separator = '';
    this.separatorPiece = -1;
    this.unseen = -1;
    this.space = -1;
    this.isFresh = false;
    this.isEmpty = false;
  }
}

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 13;

function spaceEnd(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isSpace(text.charCodeAt(at))) at++;
  return at;
}

function spaceStart(text: string, from: number, to: number): number {
  let at = to;
  while (at > from && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}
