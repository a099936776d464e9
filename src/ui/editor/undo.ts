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
