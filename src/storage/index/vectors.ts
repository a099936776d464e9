import { FindlingError } from '../../errors.ts';
import { addWithin, type CounterDeltas, type KvStore } from '../counters.ts';
import type { WorkspaceDb } from '../db.ts';

export interface VectorEntry {
  hash: string;
  text: string;
  codes: Int8Array;
  scale: number;
}

/** Which of these passages are embedded already: finished work is never redone. */
export async function knownHashes(
  db: WorkspaceDb,
  gen: string,
  hashes: string[],
): Promise<Set<string>> {
  const tx = db.transaction('vectors');
  const keys = await Promise.all(hashes.map((hash) => tx.store.getKey([gen, hash])));
  return new Set(keys.filter((key) => key !== undefined).map(([, hash]) => hash));
}

/**
 * Stores a slice's vectors by hash, with the texts they stand for. `progressed` notes had failed
 * before and have now got further: they count as begun once.
 */
export async function putVectors(
  db: WorkspaceDb,
  gen: string,
  entries: VectorEntry[],
  deltas: CounterDeltas,
  progressed: string[],
): Promise<void> {
  const tx = db.transaction(['vectors', 'texts', 'kv', 'pending'], 'readwrite');
  const pending = tx.objectStore('pending');
  for (const note of progressed) {
    const flag = await pending.get(note);
    if (flag && flag.attempts > 1) await pending.put({ ...flag, attempts: 1 });
  }
  for (const { hash, text, codes, scale } of entries) {
    tx.objectStore('vectors').put({ gen, hash, codes, scale });
    tx.objectStore('texts').put({ gen, hash, text });
  }
  await addWithin(tx.objectStore('kv') as unknown as KvStore, deltas);
  await tx.done;
}

/** Deletes vectors that no passage list names any more. The caller knows the references. */
export async function collectGarbage(
  db: WorkspaceDb,
  gen: string,
  unreferenced: string[],
  epoch: number,
): Promise<number> {
  const tx = db.transaction(['vectors', 'texts', 'kv'], 'readwrite');
  tx.done.catch(() => {});
  if ((await tx.objectStore('kv').get('epoch')) !== epoch) {
    tx.abort();
    throw new FindlingError('lease-lost');
  }
  for (const hash of unreferenced) {
    tx.objectStore('vectors').delete([gen, hash]);
    tx.objectStore('texts').delete([gen, hash]);
  }
  await tx.done;
  return unreferenced.length;
}
