import { openDB } from 'idb';
import { allDatabaseNames, databaseName, workspaceOf } from '../database-names.ts';

/** A workspace's database that no record of the register names. */
export interface FoundWorkspace {
  id: string;
  /** How many notes are in it, those in the trash included. */
  notes: number;
}

/**
 * Finds databases of workspaces that the register does not know, e.g. those that an earlier version
 * created again after the workspace was deleted. None where the browser does not list databases.
 * One without any note or earlier text is left out: there is nothing in it to keep.
 * @param knownIds of every record in the register, those marked `deleting` included
 */
export async function findUnknown(knownIds: () => Promise<string[]>): Promise<FoundWorkspace[]> {
  const before = await workspacesThere();
  if (before.length === 0) return [];
  const known = new Set(await knownIds());
  const unknown = before.filter((id) => !known.has(id));
  if (unknown.length === 0) return [];
  // A record is the last of a deletion: one whose database is still there now was not deleted
  // between the two looks.
  const after = new Set(await workspacesThere());
  const found = await Promise.all(
    unknown.filter((id) => after.has(id)).map(async (id) => ({ id, ...(await countsOf(id)) })),
  );
  return found
    .filter(({ notes, versions }) => notes + versions > 0)
    .map(({ id, notes }) => ({ id, notes }));
}

const workspacesThere = async (): Promise<string[]> =>
  ((await allDatabaseNames()) ?? []).flatMap((name) => workspaceOf(name) ?? []);

/** Read at the version that it has: nothing is migrated before somebody wants it. */
async function countsOf(id: string): Promise<{ notes: number; versions: number }> {
  try {
    const db = await openDB(databaseName(id), undefined, {
      // Deleted meanwhile: it must not come back by being looked at.
      upgrade(_db, _from, _to, tx) {
        tx.done.catch(() => {});
        tx.abort();
      },
      blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
    });
    try {
      const count = async (store: string): Promise<number> =>
        db.objectStoreNames.contains(store) ? db.count(store) : 0;
      const [notes, trash, versions] = await Promise.all(['notes', 'trash', 'versions'].map(count));
      return { notes: notes! + trash!, versions: versions! };
    } finally {
      db.close();
    }
  } catch {
    return { notes: 0, versions: 0 };
  }
}
