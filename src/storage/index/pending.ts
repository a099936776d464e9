import type { WorkspaceDb } from '../db.ts';
import { kvIn } from '../kv.ts';
import { pendingFlag } from '../pending-flag.ts';
import type { GenerationId, NoteMeta } from '../schema.ts';
import { readGenerations, targetOf } from './generations.ts';
import { type Segments, VECTOR_STORES, type WriteTx, within } from './segments.ts';

/** A note taken into a batch. `meta` is undefined when it was deleted meanwhile. */
export interface BegunNote {
  note: string;
  /** Of the pending flag: what the commit must find again. */
  revision: number;
  /** This attempt included. */
  attempts: number;
  meta: NoteMeta | undefined;
  text: string;
}

/** Reads pending flags in key order and keeps the due ones; urgent ones first. */
export async function duePending(
  db: WorkspaceDb,
  now: number,
  quietMs: number,
  limit: number,
  skip: ReadonlySet<string>,
): Promise<string[]> {
  const all = await db.getAll('pending');
  return all
    .filter(({ note, since, urgent }) => {
      const age = now - since;
      // A negative age means that the clock moved back: due, or it might wait for a year.
      return !skip.has(note) && (urgent || age < 0 || age >= quietMs);
    })
    .sort((a, b) => Number(b.urgent) - Number(a.urgent) || a.since - b.since)
    .slice(0, limit)
    .map(({ note }) => note);
}

export interface Begun {
  begun: BegunNote[];
  /** Notes whose earlier attempt did not end, not begun: each must be tried alone. */
  suspects: string[];
  /** Whether `gen` is what notes are embedded for: else none is begun. */
  wanted: boolean;
}

/**
 * Counts an attempt for each still-pending note, durable before the work is tried, and reads it.
 * A lone note is begun whatever its past.
 * @param gen what they are to be embedded for. Another may have been chosen just now.
 */
export async function beginNotes(
  db: WorkspaceDb,
  gen: GenerationId,
  ids: string[],
): Promise<Begun> {
  const tx = db.transaction(['kv', 'pending', 'notes', 'bodies'], 'readwrite');
  const generations = await readGenerations(kvIn(tx), { gen, model: '' });
  if (targetOf(generations).gen !== gen) {
    await tx.done;
    return { begun: [], suspects: [], wanted: false };
  }
  const pending = tx.objectStore('pending');
  const suspects: string[] = [];
  const begun = await Promise.all(
    ids.map(async (note): Promise<BegunNote | undefined> => {
      const flag = await pending.get(note);
      if (!flag) return undefined;
      if (flag.attempts > 0 && ids.length > 1) {
        suspects.push(note);
        return undefined;
      }
      const attempts = flag.attempts + 1;
      const [meta, body] = await Promise.all([
        tx.objectStore('notes').get(note),
        tx.objectStore('bodies').get(note),
        pending.put({ ...flag, attempts }),
      ]);
      return { note, revision: flag.revision, attempts, meta, text: body?.text ?? '' };
    }),
  );
  await tx.done;
  return { begun: begun.filter((note) => note !== undefined), suspects, wanted: true };
}

/**
 * "Rebuild index": this generation's vectors and passages go and every note becomes pending, in one
 * transaction, so that a rebuild cut short goes on where it was. A list without its vectors is never
 * left: whoever finds a list may rely on them.
 */
export async function startRebuild(
  db: WorkspaceDb,
  segments: Segments,
  gen: GenerationId,
  now: number,
): Promise<void> {
  const tx = db.transaction(
    ['pending', 'notes', 'quarantine', 'passages', ...VECTOR_STORES, 'kv'] as const,
    'readwrite',
  );
  await segments.clear(tx as unknown as WriteTx, gen);
  await Promise.all([
    tx.objectStore('passages').delete(within(gen)),
    tx.objectStore('quarantine').clear(),
    kvIn(tx).delete('rebuild'),
  ]);
  for (const { id, revision } of await tx.objectStore('notes').getAll()) {
    tx.objectStore('pending').put(pendingFlag(id, revision, now, true));
  }
  await tx.done;
}

/** Notes whose index is not whole become pending: those that are not already, and still there. */
export async function requeue(db: WorkspaceDb, ids: string[], now: number): Promise<void> {
  const tx = db.transaction(['pending', 'notes', 'quarantine'], 'readwrite');
  for (const id of ids) {
    const meta = await tx.objectStore('notes').get(id);
    const busy =
      (await tx.objectStore('pending').getKey(id)) ??
      (await tx.objectStore('quarantine').getKey(id));
    if (meta && busy === undefined) {
      await tx.objectStore('pending').put(pendingFlag(id, meta.revision, now, true));
    }
  }
  await tx.done;
}

/** "Retry failed notes": each set-aside note becomes pending and urgent again. */
export async function requeueQuarantined(db: WorkspaceDb, now: number): Promise<string[]> {
  const tx = db.transaction(['pending', 'notes', 'quarantine'], 'readwrite');
  const ids: string[] = [];
  for (const { note } of await tx.objectStore('quarantine').getAll()) {
    const meta = await tx.objectStore('notes').get(note);
    await tx.objectStore('quarantine').delete(note);
    if (!meta) continue;
    await tx.objectStore('pending').put(pendingFlag(note, meta.revision, now, true));
    ids.push(note);
  }
  await tx.done;
  return ids;
}
