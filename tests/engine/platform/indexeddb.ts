/**
 * fake-indexeddb, made to know whose each connection, transaction and request is. Of a dead process
 * nothing is called back, its transactions are aborted and its connections closed; of one that stands
 * still, transactions stay open. Each request and each commit is a point at which a fault may fire.
 */
import 'fake-indexeddb/auto';
import {
  IDBDatabase as FDBDatabase,
  IDBFactory as FDBFactory,
  IDBObjectStore as FDBObjectStore,
  IDBOpenDBRequest as FDBOpenDBRequest,
  IDBRequest as FDBRequest,
  IDBTransaction as FDBTransaction,
} from 'fake-indexeddb';
import type { PassageRow } from '../../../src/storage/schema.ts';
import { currentProcess, type Process } from './process.ts';
import { task } from './tasks.ts';

type Callback = (event: Event) => void;

/** The inside of fake-indexeddb, as far as it is used here. */
interface Target {
  listeners: { type: string; callback: Callback; capture: boolean }[];
  addEventListener(type: string, callback: Callback, options?: unknown): void;
  removeEventListener(type: string, callback: Callback, options?: unknown): void;
  dispatchEvent(event: Event): boolean;
}
interface Records {
  get(key: IDBValidKey): { value: unknown } | undefined;
  values(): Iterable<{ key: IDBValidKey; value: unknown }>;
  put(record: { key: IDBValidKey; value: unknown }): void;
}
interface RawIndex {
  records: Records;
  keyPath: unknown;
  multiEntry: boolean;
  unique: boolean;
  initialized: boolean;
}
interface RawStore {
  records: Records;
  rawIndexes: Map<string, RawIndex>;
  keyPath: unknown;
  autoIncrement: boolean;
  keyGenerator: { num: number } | null;
}
interface RawDatabase {
  transactions: Transaction[];
  connections: Connection[];
  rawObjectStores: Map<string, RawStore>;
  version: number;
  processTransactions(): void;
}
interface OpenStore {
  name: string;
  transaction: Transaction;
  _rawObjectStore: RawStore;
}
interface Connection extends Target {
  _rawDatabase: RawDatabase;
  _closed: boolean;
  _closePending: boolean;
  close(): void;
}
interface Request extends Target {
  readyState: string;
  source: { name: string } | null;
  result: unknown;
  transaction: Transaction | null;
}
interface Transaction extends Target {
  objectStoreNames: Iterable<string>;
  db: Connection;
  mode: string;
  _state: string;
  _started: boolean;
  _requests: { request: Request; operation: () => unknown }[];
  _start(): void;
  _abort(name: string | null): void;
  error: unknown;
}

const owners = new WeakMap<object, Process>();
/** Of a process: what is open. */
const opened = new WeakMap<
  Process,
  { connections: Set<Connection>; transactions: Set<Transaction> }
>();

function own(process: Process, target: Target): void {
  owners.set(target, process);
  let mine = opened.get(process);
  if (!mine) {
    mine = { connections: new Set(), transactions: new Set() };
    opened.set(process, mine);
    process.onDeath(() => closeAll(process));
  }
  if (target instanceof FDBDatabase) {
    const connection = target as unknown as Connection;
    if (process.dead) connection.close();
    else mine.connections.add(connection);
  } else if (target instanceof FDBTransaction) {
    const tx = target as unknown as Transaction;
    if (process.dead) abort(tx, 'AbortError');
    else mine.transactions.add(tx);
  }
}

const isOver = (tx: Transaction): boolean => tx._state === 'finished';

function abort(tx: Transaction, name: string): void {
  if (isOver(tx)) return;
  tx._state = 'active';
  tx._abort(name);
  // Who waited for one that had not begun is not told by fake-indexeddb.
  tx.db._rawDatabase.processTransactions();
}

function closeAll(process: Process): void {
  const { connections, transactions } = opened.get(process)!;
  for (const tx of transactions) if (tx !== committing) abort(tx, 'AbortError');
  for (const connection of connections) connection.close();
}

/** A transaction that is durable already, and whose process ends before it hears of it. */
let committing: Transaction | null = null;

export type Step = 'request' | 'commit';

/** Where a fault may fire. */
export interface Moment {
  process: Process;
  step: Step;
  mode: string;
  /** What is done, in the words of fake-indexeddb, and with which stores. */
  what: string;
  /** Whether something is stored by it, and not deleted or read. */
  writes: boolean;
  /** Ends the process, or all, before this is done; or, at a commit, once it is durable. */
  dieAfter(kill: () => void): void;
  /** The request fails, and with it the transaction; or, at a commit, that alone. */
  fail(name: string, message?: string): void;
  /** Aborts the transaction, with the name of what the browser says. */
  abort(name: string, message?: string): void;
  /** The browser closes the connection. */
  close(name?: string, message?: string): void;
}

/** What the IndexedDB of one world does. */
export interface Disk {
  factory: IDBFactory;
  /** Asked at each request and commit of every process. @returns false: it was dealt with */
  watch: ((moment: Moment) => void) | null;
  /** Passage lists that were stored again, as they were: a note is committed once. */
  twice: string[];
  /** So many of the next opens fail so. */
  failOpens: { left: number; name: string; message: string };
}

const diskOf = (process: Process): Disk => process.at as Disk;

export function newDisk(): Disk {
  return {
    factory: new FDBFactory() as unknown as IDBFactory,
    watch: null,
    twice: [],
    failOpens: { left: 0, name: '', message: '' },
  };
}

/** What is stored, without any transaction: nothing that is under way is disturbed. */
export function readStore<T>(
  disk: Disk,
  name: string,
  store: string,
): { key: IDBValidKey; value: T }[] {
  const records = databasesOf(disk).get(name)?.rawObjectStores.get(store)?.records.values() ?? [];
  return [...records].map(({ key, value }) => ({ key, value: value as T }));
}

/** Whether a transaction to write in is open there: what is stored may yet be taken back. */
export const isWriting = (disk: Disk): boolean =>
  [...databasesOf(disk).values()].some(({ transactions }) =>
    transactions.some((tx) => tx.mode !== 'readonly' && !isOver(tx)),
  );

const databasesOf = ({ factory }: Disk): Map<string, RawDatabase> =>
  (factory as unknown as { _databases: Map<string, RawDatabase> })._databases;

/** The same content, on a disk of its own. Nothing may be open there. Values are never changed in place. */
export function cloneDisk(of: Disk): Disk {
  const copy = newDisk();
  for (const [name, raw] of databasesOf(of)) {
    const Database = raw.constructor as new (name: string, version: number) => RawDatabase;
    const database = new Database(name, raw.version);
    databasesOf(copy).set(name, database);
    for (const [storeName, store] of raw.rawObjectStores) {
      const { keyPath, autoIncrement } = store;
      const Store = store.constructor as new (...of: unknown[]) => RawStore;
      const made = new Store(database, storeName, keyPath, autoIncrement);
      if (made.keyGenerator) made.keyGenerator.num = store.keyGenerator!.num;
      for (const record of store.records.values()) made.records.put({ ...record });
      database.rawObjectStores.set(storeName, made);
      for (const [indexName, index] of store.rawIndexes) {
        const Index = index.constructor as new (...of: unknown[]) => RawIndex;
        const { keyPath: path, multiEntry, unique } = index;
        const madeIndex = new Index(made, indexName, path, multiEntry, unique);
        madeIndex.initialized = true;
        for (const record of index.records.values()) madeIndex.records.put({ ...record });
        made.rawIndexes.set(indexName, madeIndex);
      }
    }
  }
  return copy;
}

const failure = (name: string, message?: string): DOMException => new DOMException(message, name);

/** As a browser takes a connection: what is under way is aborted, then it is told. */
function takeConnection(connection: Connection, name: string, message?: string): void {
  for (const tx of [...connection._rawDatabase.transactions]) {
    if (tx.db !== connection || isOver(tx)) continue;
    abort(tx, name);
    if (message) tx.error = failure(name, message);
  }
  connection._closePending = true;
  connection._closed = true;
  const raw = connection._rawDatabase;
  raw.connections = raw.connections.filter((one) => one !== connection);
  raw.processTransactions();
  task(() => {
    for (const { type, callback } of connection.listeners) {
      if (type === 'close') callback({ type, target: connection } as unknown as Event);
    }
  });
}

function install(): void {
  const events = Object.getPrototypeOf(FDBRequest.prototype) as Target;
  const { addEventListener, removeEventListener, dispatchEvent } = events;
  const wrapped = new WeakMap<Target, Map<string, Map<Callback, Callback>>>();

  events.addEventListener = function (this: Target, type, callback, options) {
    const process = owners.get(this);
    const raw = (this as Partial<Transaction>).db?._rawDatabase;
    if (!process || callback === (raw?.processTransactions as unknown)) {
      return addEventListener.call(this, type, callback, options);
    }
    const enter: Callback = (event) => process.enter(() => callback(event));
    const byType = wrapped.get(this) ?? new Map<string, Map<Callback, Callback>>();
    wrapped.set(this, byType);
    const all = byType.get(type) ?? new Map<Callback, Callback>();
    byType.set(type, all.set(callback, enter));
    addEventListener.call(this, type, enter, options);
  };
  events.removeEventListener = function (this: Target, type, callback, options) {
    const known = wrapped.get(this)?.get(type)?.get(callback) ?? callback;
    if (!this.listeners.some((one) => one.callback === known && one.type === type)) return;
    removeEventListener.call(this, type, known, options);
  };
  events.dispatchEvent = function (this: Target, event) {
    const process = owners.get(this);
    // A connection, and the transaction of an upgrade, are its who asked for it to be opened.
    if (process && this instanceof FDBOpenDBRequest) {
      const { result, transaction } = this as unknown as Request;
      if (transaction && !owners.has(transaction)) own(process, transaction);
      if (result instanceof FDBDatabase && !owners.has(result)) {
        own(process, result as unknown as Connection);
      }
    }
    return dispatchEvent.call(this, event);
  };

  const stores = FDBObjectStore.prototype as unknown as {
    put(value: unknown, key?: unknown): IDBRequest;
  };
  const { put } = stores;
  stores.put = function (this: OpenStore, value, key) {
    const process = owners.get(this.transaction);
    if (this.name === 'passages' && process) {
      const { gen, note, revision } = value as PassageRow;
      const before = this._rawObjectStore.records.get([gen, note]);
      if ((before?.value as PassageRow | undefined)?.revision === revision) {
        diskOf(process).twice.push(`committed again: revision ${revision} of ${note}`);
      }
    }
    return put.call(this, value, key);
  };

  const transactions = FDBTransaction.prototype as unknown as Transaction & {
    _execRequestAsync(of: object): Request;
  };
  const databases = FDBDatabase.prototype as unknown as {
    transaction(...args: unknown[]): Transaction;
  };
  const { _start, _execRequestAsync } = transactions;
  const { transaction } = databases;
  databases.transaction = function (this: Connection, ...args: unknown[]) {
    const tx = transaction.apply(this, args);
    const process = owners.get(this);
    if (process) own(process, tx);
    return tx;
  };
  transactions._execRequestAsync = function (this: Transaction, of: object) {
    const process = owners.get(this);
    // The dead ask, and are not answered.
    if (process?.dead) return new FDBRequest() as unknown as Request;
    const request = _execRequestAsync.call(this, of);
    if (process) owners.set(request, process);
    return request;
  };
  transactions._start = function (this: Transaction) {
    const process = owners.get(this);
    if (!process || isOver(this)) return _start.call(this);
    // What is asked of it is answered later; until then it stays open.
    if (process.late) {
      this._started = true;
      return process.enter(() => this._start());
    }
    const next = this._requests.find(({ request }) => request.readyState !== 'done');
    if (!next || next.request.source) passMoment(this, process, next);
    if (isOver(this) && !committing) return;
    if (!process.dead || committing === this) _start.call(this);
    committing = null;
    if (isOver(this)) opened.get(process)?.transactions.delete(this);
  };
}

function passMoment(
  tx: Transaction,
  process: Process,
  next: { request: Request; operation: () => unknown } | undefined,
): void {
  diskOf(process).watch?.({
    process,
    step: next ? 'request' : 'commit',
    mode: tx.mode,
    what: `${next?.operation.name ?? ''} ${next?.request.source?.name ?? [...tx.objectStoreNames]}`,
    writes: next
      ? / (storeRecord|operation)$/.test(` ${next.operation.name}`)
      : tx.mode !== 'readonly',
    dieAfter(kill) {
      if (!next) committing = tx;
      kill();
    },
    fail(name, message) {
      if (!next) return this.abort(name, message);
      next.operation = () => {
        throw failure(name, message);
      };
    },
    abort(name, message) {
      abort(tx, name);
      if (message) tx.error = failure(name, message);
    },
    close: (name = 'AbortError', message) => takeConnection(tx.db, name, message),
  });
}

/** What the code calls: it belongs to the process that is running. */
const front = {
  open(name: string, version?: number) {
    const process = currentProcess();
    if (!process) throw new Error('IndexedDB is opened by nobody');
    if (process.dead) return new FDBOpenDBRequest();
    const disk = diskOf(process);
    if (disk.failOpens.left > 0) {
      disk.failOpens.left--;
      return failedOpen(process, disk.failOpens);
    }
    const request = disk.factory.open(name, version);
    owners.set(request, process);
    return request;
  },
  deleteDatabase(name: string) {
    const process = currentProcess();
    if (!process) throw new Error('IndexedDB is deleted by nobody');
    if (process.dead) return new FDBOpenDBRequest();
    const request = diskOf(process).factory.deleteDatabase(name);
    owners.set(request, process);
    return request;
  },
  databases: () => diskOf(currentProcess()!).factory.databases(),
  cmp: (a: unknown, b: unknown) => new FDBFactory().cmp(a, b),
};

function failedOpen(process: Process, { name, message }: Disk['failOpens']): IDBOpenDBRequest {
  const request = new FDBOpenDBRequest() as unknown as Request & { error: unknown };
  owners.set(request, process);
  task(() => {
    request.readyState = 'done';
    request.error = failure(name, message);
    for (const { type, callback } of [...request.listeners]) {
      if (type === 'error') callback({ type, target: request } as unknown as Event);
    }
  });
  return request as unknown as IDBOpenDBRequest;
}

install();
Object.defineProperty(globalThis, 'indexedDB', {
  value: front,
  configurable: true,
  writable: true,
});
