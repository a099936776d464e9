import type { DBSchema, IDBPDatabase } from 'idb';
import { FindlingError } from '../errors.ts';
import type { ConnectionEvents } from './db.ts';

/** A random mark in each database: after a reconnection another one tells that it is another. */
export const BIRTH = 'birth';
/** Pause before a lost connection is opened anew, ms: what took it may still be at work. */
const REOPEN_AFTER_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

export interface Connection<S extends DBSchema> {
  /** Runs `work` on a live connection; once more when the browser took it in the middle. */
  run<T>(work: (db: IDBPDatabase<S>) => Promise<T>): Promise<T>;
  close(): void;
}

/**
 * Keeps a database open: a connection that the browser took is opened anew, and whoever holds it
 * hears whether the notes are still in it. One that gave way to a newer version stays closed:
 * every call then fails with `storage-newer`.
 * @param open one attempt; the database has a store `kv`
 */
export async function connect<S extends DBSchema>(
  open: (events: ConnectionEvents) => Promise<IDBPDatabase<S>>,
  events: ConnectionEvents,
): Promise<Connection<S>> {
  let connection: Promise<IDBPDatabase<S>> | null = null;
  let birth: string | null = null;
  let outdated = false;
  let closed = false;

  async function opened(): Promise<IDBPDatabase<S>> {
    const db = await open({
      ...events,
      onLost(why) {
        connection = null;
        outdated ||= why === 'upgrade';
        if (closed) return;
        events.onLost?.(why);
        if (!outdated) reopen(REOPEN_AFTER_MS);
      },
    });
    const found = await birthOf(db);
    if (birth !== null) events.onBack?.(found !== birth);
    birth = found;
    return db;
  }

  function live(): Promise<IDBPDatabase<S>> {
    if (outdated) return Promise.reject(new FindlingError('storage-newer'));
    if (closed) return Promise.reject(new FindlingError('storage-closed'));
    if (connection) return connection;
    const opening = opened();
    connection = opening;
    opening.catch(() => {
      // A failure is not kept: the next call tries again.
      if (connection === opening) connection = null;
    });
    return opening;
  }

  /** Unasked, so that the person hears at once what became of the notes. */
  function reopen(ms: number): void {
    setTimeout(() => {
      if (closed || outdated) return;
      live().catch(() => reopen(Math.min(LONGEST_PAUSE_MS, ms * 2)));
    }, ms);
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

/** What a transaction says whose connection was taken: nothing of it was written. */
const tookConnection = (thrown: unknown): boolean =>
  thrown instanceof DOMException &&
  (thrown.name === 'InvalidStateError' || thrown.name === 'AbortError');

async function birthOf<S extends DBSchema>(db: IDBPDatabase<S>): Promise<string> {
  // The one store that every schema here has.
  const kv = (db as unknown as IDBPDatabase<{ kv: { key: string; value: unknown } }>).transaction(
    'kv',
    'readwrite',
  );
  let birth = (await kv.store.get(BIRTH)) as string | undefined;
  if (birth === undefined) {
    birth = crypto.randomUUID();
    await kv.store.put(birth, BIRTH);
  }
  await kv.done;
  return birth;
}
