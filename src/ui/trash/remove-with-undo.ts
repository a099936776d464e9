import type { NoteMeta } from '../../storage/notes/index.ts';
import type { AppContext } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { shown } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { offerUndo } from '../core/undo-stack.ts';
import { W } from './words.ts';

/** Tells the other tabs, and has the index follow. */
function tell({ engine }: AppContext, id: string): void {
  engine.noteSaved(id, { urgent: true });
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
  offerUndo(ctx, W.deleted(shown(meta.title)), (now) => bringBack(now, [meta.id]), true);
  return true;
}

/** Notes in one transaction: a long one would hold up a save. */
const AT_ONCE = 200;

/** Deletes or restores many, some at a time. @returns ids of those that were */
export async function inLots<T>(
  all: readonly string[],
  work: (ids: readonly string[]) => Promise<T[]>,
): Promise<T[]> {
  const done: T[] = [];
  for (let at = 0; at < all.length; at += AT_ONCE) {
    done.push(...(await work(all.slice(at, at + AT_ONCE))));
  }
  return done;
}

/** Brings back what a deletion took. @returns false when none of it is in the trash any more */
export async function bringBack(ctx: AppContext, ids: readonly string[]): Promise<boolean> {
  try {
    const restored = await inLots(ids, ctx.notes.restoreAll);
    if (restored.length === 0) return await sayIfThere(ctx, ids);
    const [first] = restored;
    if (first && ids.length === 1) {
      ctx.engine.tryEnqueue({ note: first.id, urgent: true });
      toast(W.restored(shown(first.title)));
    } else toast(W.restoredMany(restored.length));
    return true;
  } finally {
    // Also of those that were restored before something went wrong.
    ctx.engine.announce(ids);
  }
}

/** Another tab was typing in it, and has kept it. @returns whether that is so, and was said */
async function sayIfThere({ notes }: AppContext, ids: readonly string[]): Promise<boolean> {
  const there = (await notes.metas(ids)).find((one) => one !== undefined);
  if (there) toast(W.restoredAlready(shown(there.title)));
  return there !== undefined;
}

/** Brings a note back from the trash, and says so. @returns undefined when it cannot be */
export async function restoreNote(ctx: AppContext, id: string): Promise<NoteMeta | undefined> {
  try {
    const meta = await ctx.notes.restore(id);
    if (!meta) {
      if (!(await sayIfThere(ctx, [id]))) toast(W.cannotRestore);
      return undefined;
    }
    tell(ctx, id);
    toast(W.restored(shown(meta.title)));
    return meta;
  } catch (thrown) {
    toast(errorText(thrown));
    return undefined;
  }
}
