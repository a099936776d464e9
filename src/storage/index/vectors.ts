import { addWithin, type CounterDeltas, type KvStore } from '../counters.ts';
import type { WorkspaceDb } from '../db.ts';
import { checkLease } from './lease.ts';
import { type Codes, type ReadTx, type Segments, VECTOR_STORES, type WriteTx } from './segments.ts';

export interface VectorEntry {
  hash: string;
  text: string;
  codes: Int8Array;
  scale: number;
}

/** Which of these passages are embedded already: finished work is never redone. */
export async function knownHashes(
  db: WorkspaceDb,
  segments: Segments,
  gen: string,
  hashes: string[],
): Promise<Set<string>> {
  const tx = db.transaction(['vectors', 'segments']) as unknown as ReadTx;
  const store = tx.objectStore('vectors');
  const keys = await Promise.all(hashes.map((hash) => store.getKey([gen, hash])));
  const known = new Set(keys.filter((key) => key !== undefined).map(([, hash]) => hash));
  const others = hashes.filter((hash) => !known.has(hash));
  for (const hash of (await segments.find(tx, gen, others)).keys()) known.add(hash);
  return known;
}

/** The codes may be views of whole segments: what is kept must be copied. */
export function readVectors(
  db: WorkspaceDb,
  segments: Segments,
  gen: string,
  hashes: string[],
): Promise<(Codes | undefined)[]> {
  const tx = db.transaction(['vectors', 'segments', 'segmentVectors']) as unknown as ReadTx;
  const store = tx.objectStore('vectors');
  return apartOrPacked(
    hashes,
    (hash) => store.get([gen, hash]),
    (others) => segments.vectors(tx, gen, others),
  );
}

export function readTexts(
  db: WorkspaceDb,
  segments: Segments,
  gen: string,
  hashes: string[],
): Promise<(string | undefined)[]> {
  const tx = db.transaction(['texts', 'segments', 'segmentTexts']) as unknown as ReadTx;
  const store = tx.objectStore('texts');
  return apartOrPacked(
    hashes,
    async (hash) => (await store.get([gen, hash]))?.text,
    (others) => segments.texts(tx, gen, others),
  );
}

/** What lies apart is newer than what lies in a segment under the same hash. */
async function apartOrPacked<T>(
  hashes: string[],
  readApart: (hash: string) => Promise<T | undefined>,
  readPacked: (hashes: string[]) => Promise<Map<string, T>>,
): Promise<(T | undefined)[]> {
  const apart = await Promise.all(hashes.map(readApart));
  const packed = await readPacked(hashes.filter((_, i) => apart[i] === undefined));
  return hashes.map((hash, i) => apart[i] ?? packed.get(hash));
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
  segments: Segments,
  gen: string,
  unreferenced: string[],
  epoch: number,
): Promise<number> {
  const tx = db.transaction([...VECTOR_STORES, 'kv'], 'readwrite') as unknown as WriteTx;
  await checkLease(tx, epoch);
  await segments.remove(tx, gen, unreferenced);
  await tx.done;
  return unreferenced.length;
}
