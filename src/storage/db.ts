import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { FindlingError, toFindlingError } from '../errors.ts';
import { migrate, SCHEMA_VERSION } from './migrations/index.ts';
import type { WorkspaceSchema } from './schema.ts';

export type WorkspaceDb = IDBPDatabase<WorkspaceSchema>;

/** What may befall an open connection, told to whoever opened it. */
export interface ConnectionEvents {
  /** An older tab holds the database and must close first. */
  onBlocked?: () => void;
  /** A newer version waits: save what is not saved yet, then this connection gives way. */
  beforeUpgrade?: () => Promise<unknown>;
  /** This connection gave way to a newer version, or the browser took it. */
  onLost?: (why: 'upgrade' | 'closed') => void;
  /** It is open again. `cleared`: the browser had deleted the database; this one is new. */
  onBack?: (cleared: boolean) => void;
}

/** Longest that a newer version is kept waiting for the last words, ms. */
const GIVE_WAY_MS = 2_000;

export const databaseName = (workspace: string): string => `findling-ws-${workspace}`;

/**
 * Opens a workspace's database, migrating an older one.
 * @throws FindlingError `storage-unavailable`, `storage-newer` or `storage-full`.
 */
export function openWorkspaceDb(
  workspace: string,
  events: ConnectionEvents = {},
): Promise<WorkspaceDb> {
  return open<WorkspaceSchema>(databaseName(workspace), SCHEMA_VERSION, migrate, events);
}

export async function open<S extends DBSchema>(
  name: string,
  version: number,
  upgrade: (
    db: IDBPDatabase<S>,
    tx: Parameters<NonNullable<Parameters<typeof openDB<S>>[2]>['upgrade'] & {}>[3],
    from: number,
  ) => void | Promise<void>,
  events: ConnectionEvents,
): Promise<IDBPDatabase<S>> {
  if (typeof indexedDB === 'undefined' || !indexedDB) {
    throw new FindlingError('storage-unavailable');
  }
  try {
    const db = await openDB<S>(name, version, {
      async upgrade(database, oldVersion, _newVersion, tx) {
        await upgrade(database, tx, oldVersion);
      },
      blocked: () => events.onBlocked?.(),
      blocking(_current, wanted, event) {
        // Give way, or the newer tab waits for us for ever.
        const giveWay = (): void => {
          (event.target as IDBDatabase).close();
          events.onLost?.(wanted === null ? 'closed' : 'upgrade');
        };
        if (wanted === null || !events.beforeUpgrade) return giveWay();
        const patience = new Promise((resolve) => setTimeout(resolve, GIVE_WAY_MS));
        void Promise.race([events.beforeUpgrade(), patience]).then(giveWay, giveWay);
      },
      terminated: () => events.onLost?.('closed'),
    });
    return db;
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : '';
    if (name === 'VersionError') {
      throw new FindlingError('storage-newer', undefined, { cause: thrown });
    }
    if (name === 'QuotaExceededError') throw toFindlingError(thrown);
    // Taken while it was being opened, as by "clear site data": the next try may fare better.
    if (name === 'AbortError')
      throw new FindlingError('storage-closed', undefined, { cause: thrown });
    throw new FindlingError('storage-unavailable', undefined, { cause: thrown });
  }
}
