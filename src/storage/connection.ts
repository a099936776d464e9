import type { DBSchema, IDBPDatabase } from 'idb';
import { type Clock, realClock } from '../clock.ts';
import { FindlingError, isCode } from '../errors.ts';
import type { ConnectionEvents, Lost } from './db.ts';
import type { KvSchema } from './kv.ts';

/**
 * Key in `kv` of a random mark made with the database: another mark tells that it is another
 * database.
 */
export const BIRTH = 'birth';
/**
 * Exponential backoff before a lost connection is opened again, first and longest pause, ms: what
 * took it may still be at work.
 */
const BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 10_000;
/**
 * A database is gone when it was missing so many times in a row, over 1.4 s: while the browser
 * clears an origin, one database may be missing before the register is.
 */
const MISSING_AT_MOST = 3;

/** Time; the browser's where it is not given. */
export type ConnectionDeps = Partial<Pick<Clock, 'after'>>;

export interface Connection<S extends DBSchema> {
  /** Runs `work` on a live connection; once more when the browser took it in the middle. */
  run<T>(work: (db: IDBPDatabase<S>) => Promise<T>): Promise<T>;
  close(): void;
}

/**
 * Keeps a database open: a connection that the browser took is opened again, and whoever holds it
 * hears whether the notes are still in it. One that gave way to a newer version stays closed:
 * every call then fails with `storage-newer`. So does one whose database was deleted by another
 * tab, or is not to be created again: `workspace-gone`.
 * @param open one attempt, for the first time and each time after a loss; the database has a store
 *   `kv`
 */
export async function connect<S extends DBSchema>(
  open: (events: ConnectionEvents) => Promise<IDBPDatabase<S>>,
  events: ConnectionEvents,
  { after = realClock.after }: ConnectionDeps = {},
): Promise<Connection<S>> {
  let connection: Promise<IDBPDatabase<S>> | null = null;
  let birth: string | null = null;
  let outdated = false;
  let closed = false;
  let gone = false;
  let missing = 0;
  let waiting = false;

  async function opened(): Promise<IDBPDatabase<S>> {
    const db = await open({
      ...events,
      onLost(why: Lost) {
        connection = null;
        outdated ||= why === 'upgrade';
        if (closed) return;
        events.onLost?.(why);
        if (why === 'deleted') giveUp();
        else if (!outdated) reopen(BACKOFF_MS);
      },
    });
    missing = 0;
    const found = await birthOf(db);
    if (birth !== null) events.onBack?.(found !== birth);
    birth = found;
    return db;
  }

  function live(): Promise<IDBPDatabase<S>> {
    if (outdated) return Promise.reject(new FindlingError('storage-newer'));
    if (gone) return Promise.reject(new FindlingError('workspace-gone'));
    if (closed) return Promise.reject(new FindlingError('storage-closed'));
    if (connection) return connection;
    const opening = opened();
    connection = opening;
    opening.catch((thrown) => {
      // A failure is not kept: the next call tries again.
      if (connection === opening) connection = null;
      if (birth !== null && isCode(thrown, 'workspace-gone')) reopen(BACKOFF_MS);
    });
    return opening;
  }

  function giveUp(): void {
    if (gone || closed) return;
    gone = true;
    events.onGone?.();
  }

  /** Unasked, so that the person hears at once what became of the notes. */
  function reopen(ms: number): void {
    if (waiting || gone) return;
    waiting = true;
    after(ms, () => {
      if (closed || outdated || gone) return;
      live().then(
        () => {
          waiting = false;
        },
        (thrown) => {
          waiting = false;
          if (isCode(thrown, 'workspace-gone') && ++missing >= MISSING_AT_MOST) giveUp();
          else reopen(Math.min(LONGEST_BACKOFF_MS, ms * 2));
        },
      );
    });
  }

  await live();
  return {
    async run(work) {
      const used = live();
      try {
        return await work(await used);
      } catch (thrown) {
        if (!tookConnection(thrown) || closed) throw thrown;
        if (connection === used) connection = null;
        return work(await live());
      }
    },
    close() {
      closed = true;
      connection?.then(
        (db) => db.close(),
        () => {},
      );
    },
  };
}

/**
 * What a transaction says whose connection was taken: nothing of it was written. WebKit says
 * `UnknownError` when the process that keeps its databases has ended.
 */
const TAKEN = new Set(['InvalidStateError', 'AbortError', 'UnknownError']);
const tookConnection = (thrown: unknown): boolean =>
  thrown instanceof DOMException && TAKEN.has(thrown.name);

async function birthOf<S extends DBSchema>(db: IDBPDatabase<S>): Promise<string> {
  // The one store that every schema here has.
  const kv = (db as unknown as IDBPDatabase<{ kv: { key: string; value: unknown } }>).transaction(
    'kv',
    'readwrite',
  );
  let birth = (await kv.store.get(BIRTH)) as KvSchema[typeof BIRTH] | undefined;
  if (birth === undefined) {
    birth = crypto.randomUUID();
    await kv.store.put(birth, BIRTH);
  }
  await kv.done;
  return birth;
}
