import type { WorkspaceDb } from '../db.ts';
import type { NoteMeta } from '../schema.ts';

/** What is changed of a note without touching its text; what is not named stays. */
export interface MetaChange {
  path?: string;
  tags?: string[];
  pinned?: boolean;
}

/**
 * Moves, tags or pins notes, in one strict transaction. Their texts and revisions stay, so nothing
 * is embedded again. Notes that are gone are passed over.
 * @param options.before only notes whose tags, folder and pin were last changed before, epoch ms
 * @returns the notes as they were before, for Undo
 */
export async function updateNotes(
  db: WorkspaceDb,
  changes: readonly { id: string; change: MetaChange }[],
  { now }: { now: () => number },
  { before: limit = Number.POSITIVE_INFINITY }: { before?: number } = {},
): Promise<NoteMeta[]> {
  const tx = db.transaction('notes', 'readwrite', { durability: 'strict' });
  const before: NoteMeta[] = [];
  await Promise.all(
    changes.map(async ({ id, change }) => {
      const meta = await tx.store.get(id);
      if (!meta || meta.metaChanged >= limit) return;
      before.push(meta);
      await tx.store.put({ ...meta, ...change, metaChanged: now() });
    }),
  );
  await tx.done;
  return before;
}
