import type { NoteMeta } from '../../storage/notes/index.ts';
import type { AppContext } from '../context.ts';
import { errorText } from '../errors-text.ts';
import { S, shown } from '../strings.ts';
import { toast } from '../toasts.tsx';

/** Tells the other tabs, and has the index follow. */
function tell({ engine }: AppContext, id: string): void {
  engine.announce([id], { urgent: true });
  engine.tryEnqueue({ note: id, urgent: true });
}

/** Moves a note to the trash and offers the way back. @returns whether it is gone */
export async function removeWithUndo(ctx: AppContext, meta: NoteMeta): Promise<boolean> {
  try {
    await ctx.notes.remove(meta.id);
  } catch (thrown) {
    toast(errorText(thrown));
    return false;
  }
  tell(ctx, meta.id);
  toast(S.deleted(shown(meta.title)), {
    label: S.undo,
    run: () => void restoreNote(ctx, meta.id),
  });
  return true;
}

/** Notes in one transaction: a long one would hold up a save. */
const AT_ONCE = 200;

/** Deletes or restores many, some at a time. @returns ids of those that were */
async function inLots<T>(
  all: readonly string[],
  work: (ids: readonly string[]) => Promise<T[]>,
): Promise<T[]> {
  const done: T[] = [];
  for (let at = 0; at < all.length; at += AT_ONCE) {
    done.push(...(await work(all.slice(at, at + AT_ONCE))));
  }
  return done;
}

/** Moves notes to the trash and offers the way back. @returns whether they are gone */
export async function removeManyWithUndo(
  ctx: AppContext,
  all: readonly NoteMeta[],
  say: (removed: number) => string = S.deletedMany,
): Promise<boolean> {
  const { notes, engine } = ctx;
  const ids = all.map(({ id }) => id);
  try {
    const removed = await inLots(ids, notes.removeAll);
    engine.announce(removed, { urgent: true });
    toast(say(removed.length), {
      label: S.undo,
      run: () => void restoreMany(ctx, removed),
    });
    return true;
  } catch (thrown) {
    engine.announce(ids, { urgent: true });
    toast(errorText(thrown));
    return false;
  }
}

async function restoreMany({ notes, engine }: AppContext, ids: readonly string[]): Promise<void> {
  try {
    const restored = await inLots(ids, notes.restoreAll);
    toast(S.restoredMany(restored.length));
  } catch (thrown) {
    toast(errorText(thrown));
  }
  engine.announce(ids, { urgent: true });
}

/** Brings a note back from the trash, and says so. @returns undefined when it cannot be */
export async function restoreNote(ctx: AppContext, id: string): Promise<NoteMeta | undefined> {
  try {
    const meta = await ctx.notes.restore(id);
    if (!meta) {
      toast(S.cannotRestore);
      return undefined;
    }
    tell(ctx, id);
    toast(S.restored(shown(meta.title)));
    return meta;
  } catch (thrown) {
    toast(errorText(thrown));
    return undefined;
  }
}
