import type { IDBPTransaction } from 'idb';
import type { WorkspaceDb } from '../db.ts';
import { pendingFlag } from '../pending-flag.ts';
import type { NoteMeta, WorkspaceSchema } from '../schema.ts';
import { NOTE_STORES, putNote } from './put-note.ts';

/**
 * Moves notes to the trash and marks them pending, so that the worker drops their passages. One
 * strict transaction: all of them, or none.
 * @returns the ids of those that were there
 */
export async function removeNotes(
  db: WorkspaceDb,
  ids: readonly string[],
  { now }: { now: () => number },
): Promise<string[]> {
  const tx = db.transaction([...NOTE_STORES, 'trash', 'undo'], 'readwrite', {
    durability: 'strict',
  });
  const removed: string[] = [];
  for (const id of ids) {
    const [meta, body] = await Promise.all([
      tx.objectStore('notes').get(id),
      tx.objectStore('bodies').get(id),
    ]);
    if (!meta) continue;
    removed.push(id);
    await Promise.all([
      tx.objectStore('trash').put({ id, meta, text: body?.text ?? '', at: now() }),
      tx.objectStore('notes').delete(id),
      tx.objectStore('bodies').delete(id),
      tx.objectStore('quarantine').delete(id),
      tx.objectStore('links').delete(id),
      tx.objectStore('undo').delete(id),
      // Urgent: dropping passages costs nothing, and Undo re-uses the vectors.
      tx.objectStore('pending').put(pendingFlag(id, meta.revision, now(), true)),
    ]);
  }
  await tx.done;
  return removed;
}

/**
 * Brings notes back from the trash, with text, path and history; those that can be.
 * @param options.before only those deleted before, epoch ms
 */
export async function restoreNotes(
  db: WorkspaceDb,
  ids: readonly string[],
  { now }: { now: () => number },
  { before = Number.POSITIVE_INFINITY }: { before?: number } = {},
): Promise<NoteMeta[]> {
  const tx = db.transaction([...NOTE_STORES, 'trash'], 'readwrite', { durability: 'strict' });
  const restored: NoteMeta[] = [];
  for (const id of ids) {
    const meta = await restoreIn(tx, id, now(), before);
    if (meta) restored.push(meta);
  }
  await tx.done;
  return restored;
}

/** Brings one back, in the caller's transaction. @param before only if it was deleted before, epoch ms */
export async function restoreIn(
  tx: IDBPTransaction<WorkspaceSchema, ((typeof NOTE_STORES)[number] | 'trash')[], 'readwrite'>,
  id: string,
  at: number,
  before: number,
): Promise<NoteMeta | undefined> {
  const trashed = await tx.objectStore('trash').get(id);
  if (!trashed || trashed.at >= before || (await tx.objectStore('notes').getKey(id)))
    return undefined;
  // A higher revision: the commit of a deletion under way must not match this note.
  const meta = { ...trashed.meta, revision: trashed.meta.revision + 1 };
  if (meta.importedRevision === trashed.meta.revision) meta.importedRevision = meta.revision;
  const [written] = await Promise.all([
    // What was kept of its file is there still.
    putNote(tx, { meta, text: trashed.text, at, urgent: true, original: 'same' }),
    tx.objectStore('trash').delete(id),
  ]);
  return written;
}
