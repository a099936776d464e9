import type { WorkspaceDb } from '../db.ts';
import { pendingFlag } from '../pending-flag.ts';
import type { GenerationId } from '../schema.ts';
import { type Segments, VECTOR_STORES, type WriteTx } from './segments.ts';

/** What a check found wrong in one generation. */
export interface Defects {
  /** Notes whose passages or vectors are not whole, or that were never indexed. */
  notes: readonly string[];
  /** Vectors that cannot be read. */
  vectors: readonly string[];
  /** Passage lists of notes that are gone. */
  strays: readonly string[];
}

/**
 * Takes away what is wrong and marks the notes concerned as pending, in one transaction: what is
 * then indexed again is whole. Notes that are pending or quarantined already keep their flags.
 * @returns notes that became pending
 */
export async function repair(
  db: WorkspaceDb,
  segments: Segments,
  gen: GenerationId,
  { notes, vectors, strays }: Defects,
  now: number,
): Promise<string[]> {
  const tx = db.transaction(
    ['notes', 'pending', 'quarantine', 'passages', ...VECTOR_STORES, 'kv'] as const,
    'readwrite',
  );
  const pending: string[] = [];
  await segments.remove(tx as unknown as WriteTx, gen, [...vectors]);
  for (const note of strays) {
    // Unless it came back meanwhile.
    if (!(await tx.objectStore('notes').getKey(note))) {
      await tx.objectStore('passages').delete([gen, note]);
    }
  }
  for (const note of notes) {
    const meta = await tx.objectStore('notes').get(note);
    if (!meta) continue;
    // Where a list is stored its vectors are (invariant 10), so it goes.
    await tx.objectStore('passages').delete([gen, note]);
    const known =
      (await tx.objectStore('pending').getKey(note)) ??
      (await tx.objectStore('quarantine').getKey(note));
    if (known !== undefined) continue;
    await tx.objectStore('pending').put(pendingFlag(note, meta.revision, now, true));
    pending.push(note);
  }
  await tx.done;
  return pending;
}
