import type { AppContext } from '../core/context.ts';
import { go, noteHref } from '../core/router.ts';
import { newNote } from '../editor/new-note.ts';
import { freshNoteList } from './note-list.ts';

/** "2026-03-09", of the day it is here. */
export function dayName(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Opens the note that bears today's date, or begins it. */
export async function openToday(ctx: AppContext): Promise<void> {
  const title = dayName(ctx.now());
  const found = (await freshNoteList(ctx)).find((note) => note.title === title);
  if (found) go(noteHref(found.id));
  else newNote(ctx, title);
}
