import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { WorkspaceSchema } from '../schema.ts';

export type UpgradeDb = IDBPDatabase<WorkspaceSchema>;
export type UpgradeTx = IDBPTransaction<
  WorkspaceSchema,
  StoreNames<WorkspaceSchema>[],
  'versionchange'
>;
/** For stores that the schema of today does not know. */
export const storesOf = (db: UpgradeDb): IDBPDatabase => db as unknown as IDBPDatabase;

/** Brings a database one version up; called inside the version change transaction. */
export type Migration = (db: UpgradeDb, tx: UpgradeTx) => void | Promise<void>;
