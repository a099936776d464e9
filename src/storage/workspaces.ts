import { deleteDB, type IDBPDatabase } from 'idb';
import { BIRTH, connect } from './connection.ts';
import { type ConnectionEvents, databaseName, open } from './db.ts';
import type { AppSchema, WorkspaceRecord } from './schema.ts';

export type { WorkspaceRecord } from './schema.ts';

export const DEFAULT_WORKSPACE = 'default';

/** The list of workspaces and the settings of the app as a whole. */
export interface Workspaces {
  /** Oldest first; there is always one. */
  list(): Promise<WorkspaceRecord[]>;
  create(record: WorkspaceRecord): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  /** Forgets the workspace and deletes its database. Its worker must have been shut down. */
  remove(id: string): Promise<void>;
  /** Deletes every workspace and this list itself, whose connection is closed then. */
  removeAll(): Promise<void>;
  /** Made at random with the database: another one tells that the former was cleared. */
  birth(): Promise<string | undefined>;
  setting<T>(key: string): Promise<T | undefined>;
  setSetting(key: string, value: unknown): Promise<void>;
  close(): void;
}

const APP_DATABASE = 'findling-app';
const VERSION = 1;

function migrate(db: IDBPDatabase<AppSchema>, _tx: unknown, from: number): void {
  if (from < 1) {
    db.createObjectStore('workspaces', { keyPath: 'id' });
    db.createObjectStore('kv');
  }
}

export async function openWorkspaces(
  deps: { now: () => number },
  events: ConnectionEvents = {},
): Promise<Workspaces> {
  const { run, close } = await connect<AppSchema>(async (all) => {
    const db = await open<AppSchema>(APP_DATABASE, VERSION, migrate, all);
    if ((await db.count('workspaces')) === 0) {
      await db.put('workspaces', { id: DEFAULT_WORKSPACE, name: 'My notes', created: deps.now() });
    }
    return db;
  }, events);
  return {
    list: () =>
      run(async (db) => (await db.getAll('workspaces')).sort((a, b) => a.created - b.created)),
    create: (record) =>
      run(async (db) => {
        const tx = db.transaction('workspaces', 'readwrite', { durability: 'strict' });
        await tx.store.add(record);
        await tx.done;
      }),
    rename: (id, name) =>
      run(async (db) => {
        const tx = db.transaction('workspaces', 'readwrite', { durability: 'strict' });
        const record = await tx.store.get(id);
        if (record) await tx.store.put({ ...record, name });
        await tx.done;
      }),
    async remove(id) {
      await run(async (db) => {
        const tx = db.transaction(['workspaces', 'kv'], 'readwrite', { durability: 'strict' });
        await tx.objectStore('workspaces').delete(id);
        // Settings of one workspace end in its id.
        for (const key of await tx.objectStore('kv').getAllKeys()) {
          if (key.endsWith(`:${id}`)) await tx.objectStore('kv').delete(key);
        }
        await tx.done;
      });
      await deleteDB(databaseName(id));
    },
    async removeAll() {
      const ids = await run((db) => db.getAllKeys('workspaces'));
      for (const id of ids) await deleteDB(databaseName(id));
      close();
      await deleteDB(APP_DATABASE);
    },
    birth: () => run(async (db) => (await db.get('kv', BIRTH)) as string | undefined),
    setting: <T>(key: string) => run(async (db) => (await db.get('kv', key)) as T | undefined),
    setSetting: (key, value) =>
      run(async (db) => {
        const tx = db.transaction('kv', 'readwrite');
        await tx.store.put(value, key);
        await tx.done;
      }),
    close,
  };
}
