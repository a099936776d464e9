import type { NoteDocument } from './document.ts';
import { firstPiece, piecesOf } from './pieces.ts';

/** In the place of what is not read. */
export const DROPPED = '\0';

/**
 * A stretch of a note as it is read, without moving a character: offsets into the result are offsets
 * into the stretch. What is not read is `DROPPED`, also in what stands for something longer.
 *
 * @returns a string of exactly `to - from` UTF-16 units
 */
export function maskedText(doc: NoteDocument, from: number, to: number): string {
  const pieces = piecesOf(doc);
  let masked = '';
  for (let i = firstPiece(pieces, from); i < pieces.length; i++) {
    const piece = pieces[i]!;
    if (piece.from >= to) break;
    const start = Math.max(piece.from, from);
    const end = Math.min(piece.to, to);
    if (piece.kind === 'text') masked += doc.text.slice(start, end);
    else if (piece.kind !== 'replaced') masked += DROPPED.repeat(end - start);
    // What is longer than its source stands for a space.
    else masked += (piece.by.length > end - start ? ' ' : piece.by).padEnd(end - start, DROPPED);
  }
  return masked;
}
