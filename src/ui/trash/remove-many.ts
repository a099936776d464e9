import type { NoteMeta } from '../../storage/notes/index.ts';
import type { AppContext } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { toast } from '../core/toasts.tsx';
import { offerUndo } from '../core/undo-stack.ts';
import { L } from './later-words.ts';
import { bringBack, inLots } from './remove-with-undo.ts';

/** Moves notes to the trash and offers the way back. @returns whether they are gone */
export async function removeManyWithUndo(
  ctx: AppContext,
  all: readonly NoteMeta[],
  say: (removed: number) => string = L.deletedMany,
): Promise<boolean> {
  const { notes, engine } = ctx;
  const ids = all.map(({ id }) => id);
  try {
    const removed = await inLots(ids, notes.removeAll);
    engine.announce(removed);
    if (removed.length > 0) {
      offerUndo(ctx, say(removed.length), (now) => bringBack(now, removed), true);
    }
    return true;
  } catch (thrown) {
    engine.announce(ids);
    toast(errorText(thrown));
    return false;
  }
}
