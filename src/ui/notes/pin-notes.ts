import type { NoteMeta } from '../../storage/notes/index.ts';
import type { AppContext } from '../core/context.ts';
import { changeNotes } from './change-notes.ts';
import { W } from './words.ts';

/** Pins or unpins, as each note stands now. Offers Undo. */
export async function pinNotes(
  ctx: AppContext,
  notes: readonly NoteMeta[],
  pinned: boolean,
): Promise<void> {
  const changes = notes.map((note) => ({
    id: note.id,
    known: note,
    change: (now: NoteMeta) => (now.pinned === pinned ? null : { pinned }),
  }));
  await changeNotes(ctx, changes, pinned ? W.pinnedMany : W.unpinnedMany);
}
