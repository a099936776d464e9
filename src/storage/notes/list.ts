import type { WorkspaceDb } from '../db.ts';
import type { NoteMeta } from '../schema.ts';

/**
 * Read at once. 20,000 notes in one piece are one task of 170 ms, most of it the browser's own
 * unpacking; in pieces of this size each takes a few.
 */
const AT_ONCE = 400;

/** All notes without their texts, in no order, a piece at a time. */
export async function allNotes(db: WorkspaceDb): Promise<NoteMeta[]> {
  const all: NoteMeta[] = [];
  const store = () => db.transaction('notes').store;
  let piece = await store().getAll(undefined, AT_ONCE);
  while (piece.length > 0) {
    for (const note of piece) all.push(note);
    if (piece.length < AT_ONCE) break;
    piece = await store().getAll(IDBKeyRange.lowerBound(piece.at(-1)!.id, true), AT_ONCE);
  }
  return all;
}

/** Newest first. */
export const byModified = (a: NoteMeta, b: NoteMeta): number =>
  b.modified - a.modified || (a.id < b.id ? 1 : -1);
