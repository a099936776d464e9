import type { WorkspaceDb } from './db.ts';
import { type Kv, kvIn } from './kv.ts';
import { COUNTERS, type CounterName } from './schema.ts';

export type CounterDeltas = Partial<Record<CounterName, number>>;

/**
 * Adds deltas within the caller's transaction: counters move with what they count, or not at all.
 */
export async function addWithin(kv: Kv, deltas: CounterDeltas): Promise<void> {
  for (const name of COUNTERS) {
    const delta = deltas[name];
    if (!delta) continue;
    const key = `counter:${name}` as const;
    await kv.put(((await kv.get(key)) ?? 0) + delta, key);
  }
}

/** Adds to the stored counters, in a transaction of its own. */
export async function addCounters(db: WorkspaceDb, deltas: CounterDeltas): Promise<void> {
  const tx = db.transaction('kv', 'readwrite');
  await addWithin(kvIn(tx), deltas);
  await tx.done;
}

/** Every counter, 0 where it was never counted. */
export async function readCounters(db: WorkspaceDb): Promise<Record<CounterName, number>> {
  const tx = db.transaction('kv');
  const kv = kvIn(tx);
  const entries = await Promise.all(
    COUNTERS.map(async (name) => [name, (await kv.get(`counter:${name}`)) ?? 0] as const),
  );
  await tx.done;
  return Object.fromEntries(entries) as Record<CounterName, number>;
}
