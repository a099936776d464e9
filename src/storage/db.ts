import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';
import { FindlingError, isCode, toFindlingError } from '../errors.ts';
import { databaseName } from './database-names.ts';
import { migrate, SCHEMA_VERSION } from './migrations/index.ts';
import type { WorkspaceSchema } from './schema.ts';

export { databaseName } from './database-names.ts';
export type WorkspaceDb = IDBPDatabase<WorkspaceSchema>;

/** What may happen to an open connection; whoever opened it is told. */
export interface ConnectionEvents {
  /** An older tab holds the database and must close first. */
  onBlocked?: () => void;
  /** A newer version waits: save what is not saved yet, then this connection gives way. */
  beforeUpgrade?: () => Promise<unknown>;
  /**
   * The connection was lost. `upgrade`: it gave way to a newer version; `deleted`: another tab
   * deletes the database; `closed`: the browser took it.
   */
  onLost?: (why: Lost) => void;
  /** It is open again. `cleared`: the browser had deleted the database; this one is new. */
  onBack?: (cleared: boolean) => void;
  /** The database was deleted, and must not be created again: the connection stays closed. */
  onGone?: () => void;
}
export type Lost = 'upgrade' | 'deleted' | 'closed';

export interface OpenOptions {
  /** Whether a database that is not there may be created; without it, opening fails. */
  create?: boolean;
}

/** Asked before a workspace's database is opened: the register knows which may be created. */
export interface CreationPermit {
  /**
   * @returns whether the database may be created.
   * @throws FindlingError `workspace-gone` where the workspace was deleted
   */
  mayCreate(): Promise<boolean>;
  /** The database is there now. @throws FindlingError `workspace-gone` as above */
  created(): Promise<void>;
}

/**
 * Pauses before a database is opened again that the browser failed to open for a reason of its own,
 * ms. WebKit does so when the process that keeps its databases has just ended.
 */
const UNKNOWN_PAUSES_MS = [100, 400];

/** Longest that a newer version's upgrade is held up for the last save, ms. */
const GIVE_WAY_MS = 2_000;

/**
 * Opens a workspace's database, migrating an older one. One that is not there is created only with
 * `create`: opened by a tab that does not know of its deletion, it would come back, empty.
 * @throws FindlingError `storage-unavailable`, `storage-newer`, `storage-full`, `workspace-gone`.
 */
export function openWorkspaceDb(
  workspace: string,
  events: ConnectionEvents = {},
  options: OpenOptions = {},
): Promise<WorkspaceDb> {
  return open<WorkspaceSchema>(databaseName(workspace), SCHEMA_VERSION, migrate, events, options);
}

/** Opens it as the register allows. @throws FindlingError as `openWorkspaceDb` */
export async function openPermitted(
  workspace: string,
  events: ConnectionEvents,
  permit: CreationPermit,
): Promise<WorkspaceDb> {
  const create = await permit.mayCreate();
  const db = await openWorkspaceDb(workspace, events, { create });
  if (!create) return db;
  try {
    await permit.created();
  } catch (thrown) {
    db.close();
    // Deleted between the two: what was just created has no record, so it goes, too.
    if (isCode(thrown, 'workspace-gone')) await deleteDB(databaseName(workspace));
    throw thrown;
  }
  return db;
}

/**
 * Opens a database at a version and runs the upgrade steps in its version change.
 * @throws FindlingError `workspace-gone`, `storage-newer`, `storage-full`, `storage-closed`,
 * `storage-unavailable`
 */
export async function open<S extends DBSchema>(
  name: string,
  version: number,
  upgrade: (
    db: IDBPDatabase<S>,
    tx: Parameters<NonNullable<Parameters<typeof openDB<S>>[2]>['upgrade'] & {}>[3],
    from: number,
  ) => void | Promise<void>,
  events: ConnectionEvents,
  { create = false }: OpenOptions,
): Promise<IDBPDatabase<S>> {
  if (typeof indexedDB === 'undefined' || !indexedDB) {
    throw new FindlingError('storage-unavailable');
  }
  let missing = false;
  const attempt = () =>
    openDB<S>(name, version, {
      async upgrade(database, oldVersion, _newVersion, tx) {
        if (oldVersion === 0 && !create) {
          missing = true;
          // Aborted, a version change leaves no database behind.
          tx.done.catch(() => {});
          tx.abort();
          return;
        }
        await upgrade(database, tx, oldVersion);
      },
      blocked: () => events.onBlocked?.(),
      blocking(_current, wanted, event) {
        // Give way, or the newer tab waits for us for ever.
        const giveWay = (): void => {
          (event.target as IDBDatabase).close();
          events.onLost?.(wanted === null ? 'deleted' : 'upgrade');
        };
        if (wanted === null || !events.beforeUpgrade) return giveWay();
        const patience = new Promise((resolve) => setTimeout(resolve, GIVE_WAY_MS));
        void Promise.race([events.beforeUpgrade(), patience]).then(giveWay, giveWay);
      },
      terminated: () => events.onLost?.('closed'),
    });
  try {
    return await again(attempt);
  } catch (thrown) {
    if (missing) throw new FindlingError('workspace-gone', undefined, { cause: thrown });
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

/** Tries once more after each pause, while the browser gives no reason for its failure. */
async function again<T>(attempt: () => Promise<T>): Promise<T> {
  for (const ms of UNKNOWN_PAUSES_MS) {
    try {
      return await attempt();
    } catch (thrown) {
      if (!(thrown instanceof Error) || thrown.name !== 'UnknownError') throw thrown;
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  }
  return attempt();
}
