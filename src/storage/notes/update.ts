import type { WorkspaceDb } from '../db.ts';
import type { NoteMeta } from '../schema.ts';
import { allTags, givenAfter, standingIn } from './given-tags.ts';

/** What is changed of a note without touching its text; what is not named stays. */
export interface MetaChange {
  path?: string;
  tags?: string[];
  pinned?: boolean;
}

export interface MetaUpdate {
  id: string;
  /** A function is asked inside the transaction, of the note as it is then; null changes nothing. */
  change: MetaChange | ((now: NoteMeta) => MetaChange | null);
  /** The note as the caller knows it: a function's answer to it is what the journal keeps. */
  known?: NoteMeta;
}

/** A note as it was, and as it was left. */
export interface Updated {
  before: NoteMeta;
  after: NoteMeta;
}

/**
 * Moves, tags or pins notes, in one strict transaction. Their texts and revisions stay, so nothing
 * is embedded again. Notes that are gone are passed over.
 * @param options.before only notes whose tags, folder and pin were last changed before, epoch ms
 * @returns those that were changed, for Undo
 */
export async function updateNotes(
  db: WorkspaceDb,
  changes: readonly MetaUpdate[],
  { now }: { now: () => number },
  { before: limit = Number.POSITIVE_INFINITY }: { before?: number } = {},
): Promise<Updated[]> {
  const tx = db.transaction('notes', 'readwrite', { durability: 'strict' });
  const updated: Updated[] = [];
  await Promise.all(
    changes.map(async ({ id, change }) => {
      const before = await tx.store.get(id);
      if (!before || before.metaChanged >= limit) return;
      const changed = typeof change === 'function' ? change(before) : change;
      if (!changed) return;
      const after = { ...before, ...changed, ...givenIn(before, changed), metaChanged: now() };
      updated.push({ before, after });
      await tx.store.put(after);
    }),
  );
  await tx.done;
  return updated;
}

/** Tags that a person chooses are given here, but for those that stand in the note's text. */
function givenIn(before: NoteMeta, { tags }: MetaChange): Partial<NoteMeta> {
  if (!tags) return {};
  const givenTags = givenAfter(before, tags);
  // What stands in the text stays until the text is changed.
  const all = allTags(standingIn(before), tags);
  return givenTags ? { tags: all, givenTags } : { tags: all };
}
