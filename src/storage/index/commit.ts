import { addWithin, type CounterDeltas } from '../counters.ts';
import type { WorkspaceDb } from '../db.ts';
import { kvIn } from '../kv.ts';
import type { GenerationId, StoredPassage } from '../schema.ts';
import { readGenerations, targetOf } from './generations.ts';
import { checkLease } from './lease.ts';
import { toRow } from './passage-row.ts';

export interface CommitNote {
  note: string;
  /** The revision that was embedded: a note edited meanwhile stays pending. */
  revision: number;
  title: string;
  /** null: the note is gone, drop its passages. */
  passages: StoredPassage[] | null;
}

export interface CommitRequest {
  /** Pending flags are cleared only when this is what is being embedded for. */
  gen: GenerationId;
  /** The lease's epoch: refused when another leader has taken over. */
  epoch: number;
  notes: CommitNote[];
  deltas: CounterDeltas;
}

export interface CommitResult {
  /** Number of this commit, the last one's when nothing was; a new leader goes on counting. */
  seq: number;
  /** Notes that were committed; the others were edited meanwhile and stay pending. */
  committed: string[];
  /** Whether searches see it: they read the active generation. */
  visible: boolean;
  /** Whether it is what notes are embedded for: else their flags stay. */
  wanted: boolean;
  pending: number;
  /** Notes done in this run, this commit included; 0 when it ended the run. */
  runCompleted: number;
}

/**
 * THE commit: swaps the passage lists, clears pending flags and attempts, moves the counters and
 * the run's progress, in one transaction. For a generation that another is being built to replace,
 * the flags stay: they speak of the new one.
 * @throws FindlingError `lease-lost` when the epoch in the database is another.
 */
export async function commitNotes(
  db: WorkspaceDb,
  { gen, epoch, notes, deltas }: CommitRequest,
): Promise<CommitResult> {
  const tx = db.transaction(['kv', 'notes', 'pending', 'passages', 'quarantine'], 'readwrite');
  const kv = kvIn(tx);
  await checkLease(tx, epoch);
  const generations = await readGenerations(kv, { gen, model: '' });
  const { active, building, kept: previous } = generations;
  const clears = targetOf(generations).gen === gen;
  const pending = tx.objectStore('pending');
  const lists = tx.objectStore('passages');
  const committed: string[] = [];
  for (const { note, revision, title, passages } of notes) {
    const flag = await pending.get(note);
    const meta = await tx.objectStore('notes').get(note);
    const current = passages === null ? !meta : meta?.revision === revision;
    if (!current || (flag && flag.revision !== revision)) continue;
    if (passages === null) {
      for (const one of [active, building, previous]) if (one) await lists.delete([one.gen, note]);
    } else {
      await lists.put(toRow({ gen, note, revision, title, passages }));
    }
    committed.push(note);
    if (!clears) continue;
    await pending.delete(note);
    await tx.objectStore('quarantine').delete(note);
  }
  const before = (await kv.get('seq')) ?? 0;
  const seq = committed.length > 0 ? before + 1 : before;
  await kv.put(seq, 'seq');
  await addWithin(kv, deltas);
  const left = await pending.count();
  const done = ((await kv.get('runCompleted')) ?? 0) + (clears ? committed.length : 0);
  const runCompleted = left === 0 ? 0 : done;
  await kv.put(runCompleted, 'runCompleted');
  await tx.done;
  return {
    seq,
    committed,
    visible: active.gen === gen,
    wanted: clears,
    pending: left,
    runCompleted,
  };
}
