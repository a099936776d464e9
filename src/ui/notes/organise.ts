/** Folder and tags of notes, as the dialog for them has them changed: fetched with it. */
import { standingIn } from '../../storage/notes/given-tags.ts';
import type { NoteMeta } from '../../storage/notes/index.ts';
import type { AppContext } from '../core/context.ts';
import { changeNotes } from './change-notes.ts';
import { L } from './later-words.ts';
import { movedPath, readFolder } from './list-choice.ts';
import { exchangeTags } from './meta-changes.ts';
import { freshNoteList } from './note-list.ts';

/**
 * Moves notes into a folder as typed; a name that is taken there gets a number. Links go on leading
 * where they led. Offers Undo.
 */
export async function moveNotes(
  ctx: AppContext,
  notes: readonly NoteMeta[],
  typed: string,
): Promise<void> {
  const folder = readFolder(typed);
  const taken = new Set((await freshNoteList(ctx)).map(({ path }) => path));
  const changes = notes
    .map((note) => ({ note, path: movedPath(note, folder, taken) }))
    .filter(({ note, path }) => path !== note.path)
    .map(({ note, path }) => ({ id: note.id, change: { path } }));
  await changeNotes(
    ctx,
    changes,
    (moved) => L.movedMany(moved, folder),
    async (updated) => {
      const { mendMoved } = await import('../editor/mend/moved.ts');
      return mendMoved(
        ctx,
        updated.map(({ before }) => before),
      );
    },
  );
}

/**
 * `wanted` takes the place of `common`, the tags that all had; what only some had stays.
 * @param out of them, those to be taken out of the texts that they stand in
 */
export async function tagNotes(
  ctx: AppContext,
  notes: readonly NoteMeta[],
  common: readonly string[],
  wanted: readonly string[],
  out: readonly string[] = [],
): Promise<void> {
  const changes = notes.map((note) => ({
    id: note.id,
    known: note,
    change: ({ tags }: NoteMeta) => exchangeTags(tags, common, wanted),
  }));
  await changeNotes(ctx, changes, L.taggedMany, async () => {
    if (out.length === 0) return null;
    const { takeTagsOut } = await import('../editor/mend/tags-out.ts');
    return takeTagsOut(ctx, withTagInText(notes, out), out);
  });
}

/** Tags that were not wanted any more, and stand in a text. */
export const standingTags = (
  notes: readonly NoteMeta[],
  common: readonly string[],
  wanted: readonly string[],
): string[] =>
  common.filter((tag) => !wanted.includes(tag) && withTagInText(notes, [tag]).length > 0);

/** Notes in whose text one of these stands. */
export const withTagInText = (notes: readonly NoteMeta[], tags: readonly string[]): NoteMeta[] =>
  notes.filter((note) => standingIn(note).some((tag) => tags.includes(tag)));

/** Tags that all of them have. */
export const commonTags = (notes: readonly NoteMeta[]): string[] =>
  (notes[0]?.tags ?? []).filter((tag) => notes.every(({ tags }) => tags.includes(tag)));
