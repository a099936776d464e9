import { addWithin, type CounterDeltas } from '../counters.ts';
import type { WorkspaceDb } from '../db.ts';
import { kvIn } from '../kv.ts';
import type { GenerationId, PassageRow } from '../schema.ts';
import { hashesIn } from './hash-bytes.ts';
import { checkLease } from './lease.ts';
import {
  type Codes,
  type ReadTx,
  type Segments,
  VECTOR_STORES,
  type VectorEntry,
  type WriteTx,
  within,
} from './segments.ts';

/** Which of these passages are embedded already: finished work is never redone. */
export async function knownHashes(
  db: WorkspaceDb,
  segments: Segments,
  gen: GenerationId,
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
export async function readVectors(
  db: WorkspaceDb,
  segments: Segments,
  gen: GenerationId,
  hashes: string[],
): Promise<(Codes | undefined)[]> {
  const tx = db.transaction([...VECTOR_STORES]) as unknown as ReadTx;
  const store = tx.objectStore('vectors');
  // A single vector is newer than one in a segment under the same hash.
  const apart = await Promise.all(hashes.map((hash) => store.get([gen, hash])));
  const others = hashes.filter((_, i) => apart[i] === undefined);
  const packed = await segments.vectors(tx, gen, others);
  return hashes.map((hash, i) => apart[i] ?? packed.get(hash));
}

/**
 * Stores a slice's vectors by hash. `progressed` notes had failed before and have now got further:
 * they count as begun once.
 */
export async function putVectors(
  db: WorkspaceDb,
  gen: GenerationId,
  entries: VectorEntry[],
  deltas: CounterDeltas,
  progressed: string[],
): Promise<void> {
  const tx = db.transaction(['vectors', 'kv', 'pending'], 'readwrite');
  const pending = tx.objectStore('pending');
  for (const note of progressed) {
    const flag = await pending.get(note);
    if (flag && flag.attempts > 1) await pending.put({ ...flag, attempts: 1 });
  }
  for (const { hash, codes, scale } of entries) {
    tx.objectStore('vectors').put({ gen, hash, codes, scale });
  }
  await addWithin(kvIn(tx), deltas);
  await tx.done;
}

/** Deletes vectors that no passage list names any more. The caller knows the references. */
export async function collectGarbage(
  db: WorkspaceDb,
  segments: Segments,
  gen: GenerationId,
  unreferenced: string[],
  epoch: number,
): Promise<number> {
  const tx = db.transaction([...VECTOR_STORES, 'kv'], 'readwrite') as unknown as WriteTx;
  await checkLease(tx, epoch);
  await segments.remove(tx, gen, unreferenced);
  await tx.done;
  return unreferenced.length;
}

/** Passage lists read at once. */
const LISTS_AT_ONCE = 500;

/** All hashes of a generation that have a vector, single or in a segment. */
export async function vectorHashes(
  db: WorkspaceDb,
  segments: Segments,
  gen: GenerationId,
): Promise<string[]> {
  const tx = db.transaction(['vectors', 'segments']) as unknown as ReadTx;
  const keys = await tx.objectStore('vectors').getAllKeys(within(gen));
  const packed = await segments.hashes(tx, gen);
  return [...new Set([...keys.map(([, hash]) => hash), ...packed])];
}

/**
 * Deletes the vectors of a generation that none of its stored passage lists names. Only for one
 * that nothing is embedded for: a vector is stored before the list that names it.
 * @returns how many
 * @throws FindlingError `lease-lost`
 */
export async function collectUnlisted(
  db: WorkspaceDb,
  segments: Segments,
  gen: GenerationId,
  epoch: number,
): Promise<number> {
  const unlisted = new Set(await vectorHashes(db, segments, gen));
  for (let after: string | null = null; unlisted.size > 0; ) {
    const lists: PassageRow[] = await db.getAll('passages', within(gen, after), LISTS_AT_ONCE);
    for (const { hashes } of lists) for (const hash of hashesIn(hashes)) unlisted.delete(hash);
    const last = lists.at(-1);
    if (!last) break;
    after = last.note;
  }
  return unlisted.size === 0 ? 0 : collectGarbage(db, segments, gen, [...unlisted], epoch);
}
