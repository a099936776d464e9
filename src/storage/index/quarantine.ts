import { addWithin } from '../counters.ts';
import type { WorkspaceDb } from '../db.ts';
import { kvIn } from '../kv.ts';
import type { GenerationId, QuarantinedNote } from '../schema.ts';
import { readGenerations, targetOf } from './generations.ts';

/**
 * Puts notes into quarantine with a reason; a note edited meanwhile stays pending instead, and so
 * do all when they are embedded for another generation by now.
 */
export async function quarantineNotes(
  db: WorkspaceDb,
  gen: GenerationId,
  notes: Omit<QuarantinedNote, 'at'>[],
  at: number,
): Promise<void> {
  const tx = db.transaction(['pending', 'quarantine', 'kv'], 'readwrite');
  const kv = kvIn(tx);
  if (targetOf(await readGenerations(kv, { gen, model: '' })).gen !== gen) return tx.done;
  const pending = tx.objectStore('pending');
  for (const entry of notes) {
    const flag = await pending.get(entry.note);
    if (!flag || flag.revision !== entry.revision) continue;
    await pending.delete(entry.note);
    await tx.objectStore('quarantine').put({ ...entry, at });
  }
  await addWithin(kv, { failures: notes.length });
  if ((await pending.count()) === 0) await kv.put(0, 'runCompleted');
  await tx.done;
}
