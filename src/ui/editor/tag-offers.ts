import type { AppContext } from '../core/context.ts';
import { tagsOf } from '../notes/list-choice.ts';
import { freshNoteList } from '../notes/note-list.ts';

/** Tags offered. */
const MOST = 500;

/** All tags there are, the most used first. */
export async function tagOffers(ctx: AppContext): Promise<string[]> {
  return tagsOf(await freshNoteList(ctx))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST)
    .map(({ name }) => name);
}
