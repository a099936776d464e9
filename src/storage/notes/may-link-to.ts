import type { WorkspaceDb } from '../db.ts';
import type { NoteMeta } from '../schema.ts';
import { keysOfNote, type LinkNames } from './links.ts';
import { byModified } from './list.ts';

/** Notes with a link by one of these names, newest first. */
export async function mayLinkTo(db: WorkspaceDb, note: LinkNames): Promise<NoteMeta[]> {
  const tx = db.transaction(['links', 'notes']);
  const to = tx.objectStore('links').index('to');
  const found = await Promise.all(
    keysOfNote(note).flatMap((key) => [
      to.getAllKeys(key),
      // With an id of Notion behind it.
      to.getAllKeys(IDBKeyRange.bound(`${key} 0`, `${key} g`)),
    ]),
  );
  const ids = [...new Set(found.flat())].filter((id) => id !== note.id);
  const metas = await Promise.all(ids.map((id) => tx.objectStore('notes').get(id)));
  return metas.filter((meta) => meta !== undefined).sort(byModified);
}
