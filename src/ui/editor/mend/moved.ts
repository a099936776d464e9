/** Links to notes that were moved, and theirs: fetched when some were. */
import type { NoteMeta } from '../../../storage/notes/index.ts';
import { isImported } from '../../../storage/notes/is-imported.ts';
import type { AppContext } from '../../core/context.ts';
import { shown } from '../../core/strings.ts';
import { toast } from '../../core/toasts.tsx';
import { findMending, takeBackMending, writeMending } from './mend-notes.ts';
import { L } from './mend-words.ts';

/** What was done beside a change of notes, to be said and taken back with it. */
export interface Beside {
  said(change: string): string;
  takeBack(ctx: AppContext): Promise<boolean>;
}

/**
 * Writes anew what would break: links by path to notes that were written here, and the relative links
 * in them. An imported note has its file's path, which its links go on by.
 *
 * @param former as they were before they were moved
 * @returns null where nothing had to be written
 */
export async function mendMoved(
  ctx: AppContext,
  former: readonly NoteMeta[],
): Promise<Beside | null> {
  const written = former.filter((note) => !isImported(note));
  if (written.length === 0) return null;
  const mending = await findMending(ctx, written);
  if (mending.notes.length === 0) return null;
  const done = await writeMending(ctx, mending);
  if (done.leftNotes.length > 0) {
    toast(L.leftBroken(done.leftNotes.map(({ title }) => shown(title))));
  }
  const total = done.changed.length;
  if (total === 0) return null;
  return {
    said: (change) => L.movedAndUpdated(change, total),
    takeBack: (now) => takeBackMending(now, done),
  };
}
