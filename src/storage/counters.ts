import type { IDBPObjectStore, StoreNames } from 'idb';
import type { WorkspaceDb } from './db.ts';
import type { CounterName, WorkspaceSchema } from './schema.ts';

export type CounterDeltas = Partial<Record<CounterName, number>>;

const COUNTERS: readonly CounterName[] = [
  'accepted',
  'merged',
  'dropped',
  'embedded',
  'reused',
  'batches',
  'failures',
  'restarts',
  'damaged',
];

export type KvStore = IDBPObjectStore<
  WorkspaceSchema,
  StoreNames<WorkspaceSchema>[],
  'kv',
  'readwrite'
>;

/** Adds deltas within the caller's transaction: counters move with what they count, or not at all. */
export async function addWithin(kv: KvStore, deltas: CounterDeltas): Promise<void> {
  for (const [name, delta] of Object.entries(deltas)) {
    if (!delta) continue;
    const key = `counter:${name}`;
    await kv.put((((await kv.get(key)) as number | undefined) ?? 0) + delta, key);
  }
}

export async function addCounters(db: WorkspaceDb, deltas: CounterDeltas): Promise<void> {
  const tx = db.transaction('kv', 'readwrite');
  await addWithin(tx.store as unknown as KvStore, deltas);
  await tx.done;
}

export async function readCounters(db: WorkspaceDb): Promise<Record<CounterName, number>> {
  const tx = db.transaction('kv');
  const entries = await Promise.all(
    COUNTERS.map(
      async (name) => [name, ((await tx.store.get(`counter:${name}`)) as number) ?? 0] as const,
    ),
  );
  await tx.done;
  return Object.fromEntries(entries) as Record<CounterName, number>;
}
