import type { MetaChange, NoteMeta } from '../storage/notes/index.ts';
import type { AppContext } from './context.ts';
import { errorText } from './errors-text.ts';
import { movedPath, readFolder } from './list-choice.ts';
import { freshNoteList } from './note-list.ts';
import { S } from './strings.ts';
import { toast } from './toasts.tsx';

type Changes = { id: string; change: MetaChange }[];

/** Notes in one transaction. */
const AT_ONCE = 1_000;

/** Writes, tells the other tabs, says so and offers the way back. */
async function apply(ctx: AppContext, changes: Changes, said: string): Promise<void> {
  if (changes.length === 0) return;
  const before = await write(ctx, changes);
  if (!before) return;
  toast(said, {
    label: S.undo,
    run: () =>
      void write(
        ctx,
        before.map(({ id, path, tags, pinned }) => ({ id, change: { path, tags, pinned } })),
      ),
  });
}

async function write({ notes, engine }: AppContext, changes: Changes): Promise<NoteMeta[] | null> {
  const before: NoteMeta[] = [];
  try {
    for (let at = 0; at < changes.length; at += AT_ONCE) {
      before.push(...(await notes.update(changes.slice(at, at + AT_ONCE))));
    }
    return before;
  } catch (thrown) {
    toast(errorText(thrown));
    return null;
  } finally {
    if (before.length > 0) engine.announce(before.map(({ id }) => id));
  }
}

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
  await apply(ctx, changes, S.movedMany(changes.length, folder));
}

/** `wanted` takes the place of `common`, the tags that all had; what only some had stays. */
export async function tagNotes(
  ctx: AppContext,
  notes: readonly NoteMeta[],
  common: readonly string[],
  wanted: readonly string[],
): Promise<void> {
  const changes = notes
    .map(({ id, tags }) => ({
      id,
      before: tags,
      tags: [...new Set([...tags.filter((tag) => !common.includes(tag)), ...wanted])],
    }))
    .filter(({ before, tags }) => before.join('\n') !== tags.join('\n'))
    .map(({ id, tags }) => ({ id, change: { tags } }));
  await apply(ctx, changes, S.taggedMany(changes.length));
}

export async function pinNotes(
  ctx: AppContext,
  notes: readonly NoteMeta[],
  pinned: boolean,
): Promise<void> {
  const changes = notes
    .filter((note) => note.pinned !== pinned)
    .map(({ id }) => ({ id, change: { pinned } }));
  const said = pinned ? S.pinnedMany : S.unpinnedMany;
  await apply(ctx, changes, said(changes.length));
}

/** Tags that all of them have. */
export const commonTags = (notes: readonly NoteMeta[]): string[] =>
  (notes[0]?.tags ?? []).filter((tag) => notes.every(({ tags }) => tags.includes(tag)));
