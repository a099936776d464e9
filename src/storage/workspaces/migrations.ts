import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { AppSchema } from '../schema.ts';

type Db = IDBPDatabase<AppSchema>;
type Tx = IDBPTransaction<AppSchema, StoreNames<AppSchema>[], 'versionchange'>;

/** 1: the list of workspaces, and settings. */
function initial(db: Db): void {
  db.createObjectStore('workspaces', { keyPath: 'id' });
  db.createObjectStore('kv');
}

/**
 * 2: a workspace's database is created only where its record says so. Earlier versions wrote the
 * record and left the database to whoever opened it first, so each record may have it created once.
 */
async function creatingMarks(_db: Db, tx: Tx): Promise<void> {
  let record = await tx.objectStore('workspaces').openCursor();
  while (record) {
    await record.update({ ...record.value, state: 'creating' });
    record = await record.continue();
  }
}

/** Entry n-1 brings the register from version n-1 to n. Append only. */
const MIGRATIONS: readonly ((db: Db, tx: Tx) => void | Promise<void>)[] = [initial, creatingMarks];

/** IndexedDB's version of the register's database. */
export const REGISTER_VERSION = MIGRATIONS.length;

/** As `migrate`, of the register. */
export async function migrateRegister(db: Db, tx: Tx, from: number): Promise<void> {
  for (const step of MIGRATIONS.slice(from)) await step(db, tx);
}
