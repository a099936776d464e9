import type { WorkspaceDb } from '../db.ts';
import { pendingFlag } from '../pending-flag.ts';
import type { NoteMeta } from '../schema.ts';

/** Moves a note to the trash and marks it pending, so that the worker drops its passages. */
export async function removeNote(
  db: WorkspaceDb,
  id: string,
  { now }: { now: () => number },
): Promise<boolean> {
  const tx = db.transaction(['notes', 'bodies', 'pending', 'quarantine', 'trash'], 'readwrite', {
    durability: 'strict',
  });
  const meta = await tx.objectStore('notes').get(id);
  if (!meta) {
    await tx.done;
    return false;
  }
  const text = (await tx.objectStore('bodies').get(id))?.text ?? '';
  await Promise.all([
    tx.objectStore('trash').put({ id, meta, text, at: now() }),
    tx.objectStore('notes').delete(id),
    tx.objectStore('bodies').delete(id),
    tx.objectStore('quarantine').delete(id),
    // Urgent: dropping passages costs nothing, and Undo re-uses the vectors.
    tx.objectStore('pending').put(pendingFlag(id, meta.revision, now(), true)),
  ]);
  await tx.done;
  return true;
}

/** Brings a note back from the trash, with its text, path and history. */
export async function restoreNote(
  db: WorkspaceDb,
  id: string,
  { now }: { now: () => number },
): Promise<NoteMeta | undefined> {
  const tx = db.transaction(['notes', 'bodies', 'pending', 'trash'], 'readwrite', {
    durability: 'strict',
  });
  const trashed = await tx.objectStore('trash').get(id);
  if (!trashed || (await tx.objectStore('notes').getKey(id))) {
    await tx.done;
    return undefined;
  }
  // A step up, so that a deletion still under way cannot be taken for this note's commit.
  const meta = { ...trashed.meta, revision: trashed.meta.revision + 1 };
  if (meta.importedRevision === trashed.meta.revision) meta.importedRevision = meta.revision;
  await Promise.all([
    tx.objectStore('notes').put(meta),
    tx.objectStore('bodies').put({ id, text: trashed.text }),
    tx.objectStore('trash').delete(id),
    tx.objectStore('pending').put(pendingFlag(id, meta.revision, now(), true)),
  ]);
  await tx.done;
  return meta;
}
