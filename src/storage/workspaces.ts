import { deleteDB, type IDBPDatabase } from 'idb';
import { FindlingError } from '../errors.ts';
import { BIRTH, type ConnectionDeps, connect } from './connection.ts';
import { APP_DATABASE, allDatabaseNames, databaseName, workspaceOf } from './database-names.ts';
import { type ConnectionEvents, type CreationPermit, open } from './db.ts';
import { type RegisterKv, registerKvIn } from './kv.ts';
import type { AppSchema, WorkspaceRecord } from './schema.ts';
import { creationPermit } from './workspaces/creation-permit.ts';
import { migrateRegister, REGISTER_VERSION } from './workspaces/migrations.ts';

export type { WorkspaceRecord } from './schema.ts';

/** Id of the workspace that the first start makes. */
export const DEFAULT_WORKSPACE = 'default';
/** Key in the register's `kv`: everything is being deleted. */
const DELETING_ALL = 'deleting-all';

/**
 * The register: the list of workspaces, and the settings of the app as a whole. Each workspace is a
 * database of its own, and no transaction spans two databases. So what is done to both is marked in
 * the register first (`WorkspaceRecord.state`), and whoever starts next finishes what was cut off.
 */
export interface Workspaces {
  /** Oldest first, without those marked `deleting`. None only while everything is being deleted. */
  list(): Promise<WorkspaceRecord[]>;
  /** Of every record, those marked `deleting` included. */
  ids(): Promise<string[]>;
  /** Adds one whose database is created when it is first opened. */
  create(record: WorkspaceRecord): Promise<void>;
  /** Adds one whose database is there already. */
  adopt(record: WorkspaceRecord): Promise<void>;
  /** @throws FindlingError `workspace-gone` */
  rename(id: string, name: string): Promise<void>;
  /** To be asked whenever the workspace's database is opened. */
  creationPermit(workspace: WorkspaceRecord): CreationPermit;
  /**
   * First step of a deletion: from here on the workspace is not offered and cannot be opened.
   * Durable when it resolves. @returns false for the last workspace, which stays
   */
  markDeleting(id: string): Promise<boolean>;
  markedDeleting(): Promise<string[]>;
  /**
   * The other steps, for a workspace that is marked: deletes its database, then its record and its
   * settings. Its worker must have been shut down.
   * @param onBlocked another tab still has the database open; it continues when that one has closed
   * it
   */
  finishDeleting(id: string, onBlocked?: () => void): Promise<void>;
  /** First step of deleting everything, durable when it resolves. */
  markAllDeleting(): Promise<void>;
  allMarkedDeleting(): Promise<boolean>;
  /**
   * The last step: deletes the database of every workspace, those that no record names included,
   * then this register, whose connection is closed. Databases of other apps stay.
   */
  deleteAll(onBlocked?: () => void): Promise<void>;
  /** Made at random with the database: another one tells that the former was cleared. */
  birth(): Promise<string | undefined>;
  setting<K extends keyof RegisterKv>(key: K): Promise<RegisterKv[K] | undefined>;
  setSetting<K extends keyof RegisterKv>(key: K, value: RegisterKv[K]): Promise<void>;
  close(): void;
}

const byAge = (a: WorkspaceRecord, b: WorkspaceRecord): number => a.created - b.created;
const live = ({ state }: WorkspaceRecord): boolean => state !== 'deleting';

/** Looked for and written in one transaction: two tabs may start at once. */
async function addFirst(db: IDBPDatabase<AppSchema>, name: string, created: number): Promise<void> {
  const tx = db.transaction(['workspaces', 'kv'], 'readwrite', { durability: 'strict' });
  const [count, deletingAll] = await Promise.all([
    tx.objectStore('workspaces').count(),
    registerKvIn(tx).get(DELETING_ALL),
  ]);
  if (count === 0 && !deletingAll) {
    const first: WorkspaceRecord = { id: DEFAULT_WORKSPACE, name, created };
    await tx.objectStore('workspaces').put({ ...first, state: 'creating' });
  }
  await tx.done;
}

/**
 * Opens the register, and makes the first workspace where there is none.
 * @throws FindlingError as `open`
 */
export async function openWorkspaces(
  deps: { now: () => number; firstName: string } & ConnectionDeps,
  events: ConnectionEvents = {},
): Promise<Workspaces> {
  const { run, close } = await connect<AppSchema>(
    async (all) => {
      const db = await open<AppSchema>(APP_DATABASE, REGISTER_VERSION, migrateRegister, all, {
        create: true,
      });
      if ((await db.count('workspaces')) === 0) await addFirst(db, deps.firstName, deps.now());
      return db;
    },
    events,
    deps,
  );

  const add = (record: WorkspaceRecord): Promise<void> =>
    run(async (db) => {
      const tx = db.transaction(['workspaces', 'kv'], 'readwrite', { durability: 'strict' });
      if (await registerKvIn(tx).get(DELETING_ALL)) throw new FindlingError('workspace-gone');
      await tx.objectStore('workspaces').add(record);
      await tx.done;
    });
  const setting = <K extends keyof RegisterKv>(key: K) =>
    run((db) => registerKvIn(db.transaction('kv')).get(key));
  const ids = (): Promise<string[]> => run((db) => db.getAllKeys('workspaces'));
  const all = (): Promise<WorkspaceRecord[]> => run((db) => db.getAll('workspaces'));

  return {
    list: async () => (await all()).filter(live).sort(byAge),
    ids,
    create: (record) => add({ ...record, state: 'creating' }),
    adopt: add,
    rename: (id, name) =>
      run(async (db) => {
        const tx = db.transaction('workspaces', 'readwrite', { durability: 'strict' });
        const record = await tx.store.get(id);
        if (!record || !live(record)) throw new FindlingError('workspace-gone');
        await tx.store.put({ ...record, name });
        await tx.done;
      }),
    creationPermit: (workspace) => creationPermit(run, workspace),
    markDeleting: (id) =>
      run(async (db) => {
        const tx = db.transaction('workspaces', 'readwrite', { durability: 'strict' });
        const records = await tx.store.getAll();
        const others = records.some((one) => one.id !== id && live(one));
        const record = records.find((one) => one.id === id);
        if (others && record) await tx.store.put({ ...record, state: 'deleting' });
        await tx.done;
        return others;
      }),
    markedDeleting: async () => (await all()).filter((one) => !live(one)).map(({ id }) => id),
    async finishDeleting(id, onBlocked) {
      await deleteDB(databaseName(id), { blocked: onBlocked });
      await run(async (db) => {
        const tx = db.transaction(['workspaces', 'kv'], 'readwrite', { durability: 'strict' });
        await tx.objectStore('workspaces').delete(id);
        // Settings of one workspace end in its id.
        for (const key of await tx.objectStore('kv').getAllKeys()) {
          if (key.endsWith(`:${id}`)) await tx.objectStore('kv').delete(key);
        }
        await tx.done;
      });
    },
    markAllDeleting: () =>
      run(async (db) => {
        const tx = db.transaction(['workspaces', 'kv'], 'readwrite', { durability: 'strict' });
        await registerKvIn(tx).put(true, DELETING_ALL);
        for (const record of await tx.objectStore('workspaces').getAll()) {
          await tx.objectStore('workspaces').put({ ...record, state: 'deleting' });
        }
        await tx.done;
      }),
    allMarkedDeleting: () =>
      run(async (db) => (await registerKvIn(db.transaction('kv')).get(DELETING_ALL)) === true),
    async deleteAll(onBlocked) {
      const names = new Set((await ids()).map(databaseName));
      for (const name of (await allDatabaseNames()) ?? []) if (workspaceOf(name)) names.add(name);
      await Promise.all([...names].map((name) => deleteDB(name, { blocked: onBlocked })));
      // Last, since it holds the mark.
      close();
      await deleteDB(APP_DATABASE, { blocked: onBlocked });
    },
    birth: () => setting(BIRTH),
    setting,
    setSetting: (key, value) =>
      run(async (db) => {
        const tx = db.transaction('kv', 'readwrite');
        await registerKvIn(tx).put(value, key);
        await tx.done;
      }),
    close,
  };
}
