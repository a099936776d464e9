/** The text that a person reads, and which place of it is which of the note. */
import type { NoteDocument } from './document.ts';
import type { Hidden, Piece } from './piece.ts';
import { firstPiece, piecesOf } from './pieces.ts';

export interface PlainText {
  text: string;
  /** The place in the note of a place in the plain text. */
  toSource(place: number): number;
  /** The place in the plain text of a place in the note; of what is not read, where it would be. */
  toPlain(place: number): number;
}

/** Of a whole note, or of a stretch of it. */
export function plainText(doc: NoteDocument, from = 0, to = doc.text.length): PlainText {
  const pieces = piecesOf(doc);
  const shown: { from: number; to: number; start: number; isText: boolean }[] = [];
  const parts: string[] = [];
  let length = 0;
  for (let i = firstPiece(pieces, from); i < pieces.length; i++) {
    const piece = pieces[i]!;
    if (piece.from >= to) break;
    const start = Math.max(piece.from, from);
    const end = Math.min(piece.to, to);
    const read = readOf(doc, piece, start, end);
    if (read === '') continue;
    // A separator alone begins no stretch.
    if (length === 0 && from > 0 && piece.kind === 'replaced' && /^[ \t\n]$/.test(piece.by))
      continue;
    shown.push({ from: start, to: end, start: length, isText: piece.kind === 'text' });
    parts.push(read);
    length += read.length;
  }
  return {
    text: parts.join(''),
    toSource(place) {
      const piece = shown[lastAt(shown, place, ({ start }) => start)];
      if (!piece) return from;
      if (!piece.isText) return place > piece.start ? piece.to : piece.from;
      return Math.min(piece.to, piece.from + place - piece.start);
    },
    toPlain(place) {
      const i = lastAt(shown, place, (piece) => piece.from);
      const piece = shown[i];
      if (!piece) return 0;
      const next = shown[i + 1]?.start ?? length;
      if (!piece.isText) return place > piece.from ? next : piece.start;
      return Math.min(next, piece.start + place - piece.from);
    },
  };
}

function readOf({ text }: NoteDocument, piece: Piece, from: number, to: number): string {
  if (piece.kind === 'text') return text.slice(from, to);
  // Only whole: half an entity is none.
  return piece.kind === 'replaced' && from === piece.from ? piece.by : '';
}

/** The last of some that begins at a place or before; -1 if none does. */
function lastAt<T>(all: readonly T[], place: number, start: (one: T) => number): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start(all[middle]!) <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What is not read, but may be searched: addresses, languages of code, remarks, front matter. */
export interface Aside {
  what: Exclude<Hidden, 'machine'> | 'property';
  from: number;
  to: number;
  text: string;
}

export function asides(doc: NoteDocument): Aside[] {
  const found: Aside[] = [];
  for (const piece of piecesOf(doc)) {
    const { from, to, kind } = piece;
    if (kind === 'property') found.push({ what: kind, ...part(doc, from, to) });
    if (kind !== 'hidden' || piece.what === 'machine') continue;
    const { what } = piece;
    found.push({ what, ...(what === 'comment' ? said(doc, from, to) : part(doc, from, to)) });
  }
  return found;
}

const part = ({ text }: NoteDocument, from: number, to: number) => ({
  from,
  to,
  text: text.slice(from, to),
});

/** A comment, or a line of it, without its signs. */
function said(doc: NoteDocument, from: number, to: number): Omit<Aside, 'what'> {
  const { text } = doc;
  const begins = ['<!--', '%%'].find((sign) => text.startsWith(sign, from)) ?? '';
  const ends = ['-->', '%%'].find((sign) => text.endsWith(sign, to)) ?? '';
  const inner = text.slice(from + begins.length, Math.max(from + begins.length, to - ends.length));
  const start = from + begins.length + inner.length - inner.trimStart().length;
  return part(doc, start, start + inner.trim().length);
}
