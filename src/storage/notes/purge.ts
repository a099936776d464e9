import type { WorkspaceDb } from '../db.ts';
import { kvIn } from '../kv.ts';
import { pendingFlag } from '../pending-flag.ts';
import { PURGED } from '../purges.ts';
import { planPurge, STARTS, type TrashedAt } from './purge-plan.ts';
import { forgetRenamed } from './renamed-lists.ts';
import { trashedTimes } from './trash.ts';

/**
 * Notes one start, and tells which deleted notes are due to go for good.
 * @param now epoch ms
 */
export async function dueForPurge(db: WorkspaceDb, now: number): Promise<TrashedAt[]> {
  const trashed = await trashedTimes(db);
  const tx = db.transaction('kv', 'readwrite');
  const kv = kvIn(tx);
  const known = await kv.get(STARTS);
  const { starts, due } = planPurge(known, trashed, now);
  await kv.put(starts, STARTS);
  await tx.done;
  return due;
}

/**
 * Deletes notes in the trash for good, with their versions and undo histories, in one strict
 * transaction. What the worker keeps of them goes next: they are marked pending, so that it drops
 * their passages, and `PURGED` is raised, so that it drops the rest.
 *
 * A note that was restored meanwhile, or deleted again, is passed over.
 * @returns ids of the notes that are gone for good
 */
export async function purgeNotes(
  db: WorkspaceDb,
  wanted: readonly TrashedAt[],
  { now }: { now: () => number },
): Promise<string[]> {
  const tx = db.transaction(
    ['notes', 'trash', 'versions', 'undo', 'links', 'originals', 'quarantine', 'pending', 'kv'],
    'readwrite',
    { durability: 'strict' },
  );
  const versions = tx.objectStore('versions');
  const purged: string[] = [];
  for (const { id, at } of wanted) {
    const trashed = await tx.objectStore('trash').get(id);
    if (trashed?.at !== at) continue;
    await tx.objectStore('trash').delete(id);
    // Written again under the same id meanwhile: the rest is that note's.
    if (await tx.objectStore('notes').getKey(id)) continue;
    purged.push(id);
    const kept = await versions.index('note').getAllKeys(id);
    await Promise.all([
      ...kept.map((key) => versions.delete(key)),
      tx.objectStore('undo').delete(id),
      tx.objectStore('links').delete(id),
      tx.objectStore('originals').delete(id),
      tx.objectStore('quarantine').delete(id),
      tx.objectStore('pending').put(pendingFlag(id, trashed.meta.revision, now(), true)),
    ]);
  }
  if (purged.length > 0) {
    const kv = kvIn(tx);
    await forgetRenamed(kv, new Set(purged));
    await kv.put(((await kv.get(PURGED)) ?? 0) + 1, PURGED);
  }
  await tx.done;
  return purged;
}
