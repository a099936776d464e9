import type { AppContext } from '../core/context.ts';
import { dayName } from '../core/format.ts';
import { go, noteHref } from '../core/router.ts';
import { newNote } from '../editor/new-note.ts';
import { freshNoteList } from './note-list.ts';

/** Opens the note that bears today's date, or begins it. */
export async function openToday(ctx: AppContext): Promise<void> {
  const title = dayName(ctx.now());
  const found = (await freshNoteList(ctx)).find((note) => note.title === title);
  if (found) go(noteHref(found.id));
  else newNote(ctx, title);
}
