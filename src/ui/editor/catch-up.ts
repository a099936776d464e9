import type { AppContext } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { toast } from '../core/toasts.tsx';
import { keepDeleted, type OpenDraft } from './drafts.ts';

/** The note as it is shown. */
interface Shown {
  /** It is being deleted here. */
  leaving(): boolean;
  gone(isGone: boolean): void;
  /** The draft has another text. */
  changed(): void;
}

/** Another tab, an import or an Undo may have changed or deleted this note. */
export async function catchUp(ctx: AppContext, draft: OpenDraft, note: Shown): Promise<void> {
  const { autosave } = draft;
  const now = await ctx.notes.metas([draft.id]).then(
    ([one]) => one,
    () => null,
  );
  if (now === null || note.leaving()) return;
  if (!now) {
    if (draft.meta.peek() && !autosave.dirty) note.gone(true);
    return;
  }
  note.gone(false);
  if (draft.state.peek().kind === 'deleted') {
    // Brought back where it was deleted: what was typed here goes on top of it.
    await keepDeleted(ctx, draft).catch((thrown) => toast(errorText(thrown)));
    return;
  }
  // With something unsaved, saving meets the other text and keeps both.
  if (autosave.dirty) return;
  draft.meta.value = now;
  // Mostly it is this tab's own save: a long text is not read again for that.
  if (now.revision === autosave.revision) return;
  const stored = await ctx.notes.get(draft.id).catch(() => null);
  if (!stored || autosave.dirty || stored.meta.revision === autosave.revision) return;
  draft.meta.value = stored.meta;
  autosave.rebase({ title: stored.meta.title, text: stored.text }, stored.meta.revision);
  note.changed();
}
