import type { AppContext } from '../core/context.ts';
import { go, noteHref } from '../core/router.ts';
import { type OpenDraft, startDraft } from './drafts.ts';

/** A note to be written: stored as soon as it has a title or a text. */
export function freshDraft(
  ctx: AppContext,
  id: string,
  title: string | undefined,
  path = '',
): OpenDraft {
  const draft = startDraft(ctx, id, null, path);
  // A title that was asked for is worth keeping, without a text too.
  if (title) draft.autosave.edit({ title, text: '' });
  return draft;
}

/**
 * Opens a new note, at once: nothing is read from storage, so that the next key already goes into
 * its title, or into its text where it has a title.
 * @param path where it is to lie; '' for no folder
 * @returns its id
 */
export function newNote(ctx: AppContext, title?: string, path = ''): string {
  const id = ctx.newId();
  freshDraft(ctx, id, title, path);
  go(noteHref(id, { fresh: true, title }));
  return id;
}
