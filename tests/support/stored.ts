/** Databases as an earlier build left them, brought back for the tests of migrations. */
import { readFileSync } from 'node:fs';
import { openDB } from 'idb';

interface StoredIndex {
  name: string;
  keyPath: string | string[];
  unique: boolean;
  multiEntry: boolean;
}

interface StoredDatabase {
  name: string;
  version: number;
  stores: {
    name: string;
    keyPath: string | string[] | null;
    autoIncrement: boolean;
    indexes: StoredIndex[];
    /** `key` only where a store has no key path. */
    rows: { key?: IDBValidKey; value: unknown }[];
  }[];
}

/** Bytes are written as `{$bytes, base64}`: what they were, and their content. */
function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (!value || typeof value !== 'object') return value;
  if ('$bytes' in value) {
    const { $bytes, base64 } = value as { $bytes: string; base64: string };
    const { buffer } = new Uint8Array(Buffer.from(base64, 'base64'));
    const kinds = { Uint8Array, Int8Array, Float32Array } as const;
    return $bytes === 'ArrayBuffer' ? buffer : new kinds[$bytes as keyof typeof kinds](buffer);
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, decode(one)]));
}

/**
 * The databases of a kept file, e.g. `version-5` (made by the build of 2026-11-26: an import of
 * three files, a note written here, one in the trash, one saved by two tabs, an image; and a second
 * workspace that was never opened).
 */
export const readStored = (file: string): StoredDatabase[] =>
  JSON.parse(readFileSync(new URL(`../fixtures/databases/${file}.json`, import.meta.url), 'utf8'));

/** Creates one of them in the present IndexedDB; `name` where it is to have another. */
export async function putStored(stored: StoredDatabase, name = stored.name): Promise<void> {
  const db = await openDB(name, stored.version, {
    upgrade(created) {
      for (const { name: store, keyPath, autoIncrement, indexes } of stored.stores) {
        const made = created.createObjectStore(store, { keyPath, autoIncrement });
        for (const { name: index, keyPath: path, unique, multiEntry } of indexes) {
          made.createIndex(index, path, { unique, multiEntry });
        }
      }
    },
  });
  for (const { name: store, rows } of stored.stores) {
    const tx = db.transaction(store, 'readwrite');
    for (const { key, value } of rows) await tx.store.put(decode(value), key);
    await tx.done;
  }
  db.close();
}
