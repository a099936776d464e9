/** Marks in the list for notes that are conflict copies. */
import type { NoteMeta } from '../../storage/notes/index.ts';
import type { AppContext } from '../core/context.ts';
import { copiesAmong } from './find-copies.ts';
import { nearCopies } from './near-copies.ts';

/** By the note's id with its revision and its base's: whether its text is near, once it was read. */
const known = new Map<string, boolean>();

/** Ids of the copies among these notes. Of those with a number alone the texts are read, once. */
export async function copyIds(
  ctx: Pick<AppContext, 'notes'>,
  notes: readonly NoteMeta[],
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const copy of copiesAmong(notes)) {
    const { note, base } = copy;
    const key = `${note.id} ${note.revision} ${base.id} ${base.revision}`;
    const isOne = known.get(key) ?? (await nearCopies(ctx, [copy])).length > 0;
    known.set(key, isOne);
    if (isOne) ids.add(note.id);
  }
  return ids;
}
