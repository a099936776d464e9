/** Reads a workspace's database itself: the app's own word is not evidence. */
import type { Page } from '@playwright/test';
import { hashesIn } from '../../src/storage/index/hash-bytes.ts';
import { fromRow } from '../../src/storage/index/passage-row.ts';
import type { PassageRow } from '../../src/storage/schema.ts';

export interface Snapshot {
  notes: {
    id: string;
    title: string;
    path: string;
    revision: number;
    size: number;
    importedRevision?: number;
  }[];
  bodies: { id: string; text: string }[];
  trash: { id: string; text: string; meta: { title: string } }[];
  versions: { note: string; title: string; text: string; why: string }[];
  pending: string[];
  quarantined: { note: string; reason: string }[];
  lists: {
    gen: string;
    note: string;
    revision: number;
    title: string;
    passages: { hash: string; start: number; end: number }[];
  }[];
  /** [gen, hash] */
  vectors: [string, string][];
  kv: Record<string, unknown>;
}

/** null when there is no such database (opening it would make one). */
export async function takeSnapshot(page: Page, workspace: string): Promise<Snapshot | null> {
  const raw = await page.evaluate(async (name) => {
    const known = await indexedDB.databases();
    if (!known.some((database) => database.name === name)) return null;
    const read = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await read(indexedDB.open(name));
    try {
      const tx = db.transaction([...db.objectStoreNames]);
      const all = <T>(store: string) => read(tx.objectStore(store).getAll()) as Promise<T[]>;
      const keys = <T>(store: string) => read(tx.objectStore(store).getAllKeys()) as Promise<T[]>;
      const [
        notes,
        bodies,
        trash,
        versions,
        pending,
        quarantined,
        lists,
        vectors,
        heads,
        kvKeys,
        kvValues,
      ] = await Promise.all([
        all<Snapshot['notes'][number]>('notes'),
        all<Snapshot['bodies'][number]>('bodies'),
        all<Snapshot['trash'][number]>('trash'),
        all<Snapshot['versions'][number]>('versions'),
        keys<string>('pending'),
        all<Snapshot['quarantined'][number]>('quarantine'),
        all<PassageRow>('passages'),
        keys<[string, string]>('vectors'),
        all<{ gen: string; id: number; hashes: Uint8Array }>('segments'),
        keys<string>('kv'),
        all<unknown>('kv'),
      ]);
      const kv = Object.fromEntries(kvKeys.map((key, i) => [key, kvValues[i]]));
      return {
        ...{ notes, bodies, trash, versions, pending, quarantined },
        ...{ lists, vectors, kv, heads },
      };
    } finally {
      db.close();
    }
  }, `findling-ws-${workspace}`);
  if (!raw) return null;
  const { heads, ...found } = raw;
  for (const { gen, hashes } of heads) {
    for (const hash of hashesIn(hashes)) found.vectors.push([gen, hash]);
  }
  return { ...found, lists: found.lists.map(fromRow) };
}
