import type { WorkspaceDb } from '../db.ts';
import { type Generation, type Generations, type KvReader, kvIn } from '../kv.ts';
import { pendingFlag } from '../pending-flag.ts';
import type { GenerationId } from '../schema.ts';
import { checkLease } from './lease.ts';
import { VECTOR_STORES, within } from './segments.ts';

export type { Generation, Generations } from '../kv.ts';

/** In `kv`. */
const KEY = 'generations';
/** Passage lists read at once when the previous generation is brought up to date. */
const READ_AT_ONCE = 500;

/** What is being embedded for. */
export const targetOf = (generations: Generations): Generation =>
  generations.building ?? generations.active;

/** As remembered; `first` when nothing is. */
export const readGenerations = async (kv: KvReader, first: Generation): Promise<Generations> =>
  (await kv.get(KEY)) ?? { active: first };

/**
 * Makes `target` the generation that notes are embedded for, in one transaction: it is built beside
 * the one that is searched, or, where it is the previous one or the one searched, taken up at once.
 * Pending are then exactly the notes that it does not have as they are now.
 * @param first what is active where nothing is remembered yet
 */
export async function retarget(
  db: WorkspaceDb,
  target: Generation,
  first: Generation,
  now: number,
): Promise<Generations> {
  const tx = db.transaction(['kv', 'notes', 'pending', 'passages', 'quarantine'], 'readwrite', {
    durability: 'strict',
  });
  const kv = kvIn(tx);
  const before = await readGenerations(kv, first);
  const after = generationsFor(before, target);
  await kv.put(after, KEY);
  if (targetOf(before).gen === target.gen) {
    await tx.done;
    return after;
  }
  await Promise.all([
    kv.put(0, 'runCompleted'),
    tx.objectStore('pending').clear(),
    tx.objectStore('quarantine').clear(),
  ]);
  const have = new Map<string, number>();
  for (let last: string | null = null; ; ) {
    const range: IDBKeyRange = within(target.gen, last);
    const lists = await tx.objectStore('passages').getAll(range, READ_AT_ONCE);
    for (const { note, revision } of lists) have.set(note, revision);
    if (lists.length < READ_AT_ONCE) break;
    last = lists[lists.length - 1]!.note;
  }
  const pending = tx.objectStore('pending');
  for (const { id, revision } of await tx.objectStore('notes').getAll()) {
    if (have.get(id) !== revision) pending.put(pendingFlag(id, revision, now, true));
    have.delete(id);
  }
  // Deleted while this was the previous generation: what it has of them goes.
  for (const [note, revision] of have) pending.put(pendingFlag(note, revision, now, true));
  await tx.done;
  return after;
}

/** Pure: who is who once `target` is embedded for. */
export function generationsFor(before: Generations, target: Generation): Generations {
  const { active, kept: previous } = before;
  if (target.gen === targetOf(before).gen) return before;
  if (target.gen === active.gen) return previous ? { active, kept: previous } : { active };
  if (target.gen === previous?.gen) return { active: previous, kept: active };
  return previous ? { active, building: target, kept: previous } : { active, building: target };
}

/**
 * THE swap: the built generation becomes the one that is searched, the one searched so far becomes
 * the previous one. Nothing happens while a note is still pending.
 * @throws FindlingError `lease-lost`
 */
export async function finishBuilding(db: WorkspaceDb, epoch: number): Promise<boolean> {
  const tx = db.transaction(['kv', 'pending'], 'readwrite', { durability: 'strict' });
  const kv = kvIn(tx);
  await checkLease(tx, epoch);
  const before = await kv.get(KEY);
  const left = await tx.objectStore('pending').count();
  const building = left === 0 ? before?.building : undefined;
  if (before && building) await kv.put({ active: building, kept: before.active }, KEY);
  await tx.done;
  return building !== undefined;
}

/** Forgets the previous generation, where room is needed. @returns whether there was one. */
export async function forgetPrevious(db: WorkspaceDb): Promise<boolean> {
  const tx = db.transaction('kv', 'readwrite');
  const kv = kvIn(tx);
  const before = await kv.get(KEY);
  if (before?.kept) {
    const { kept: _, ...others } = before;
    await kv.put(others, KEY);
  }
  await tx.done;
  if (!before?.kept) return false;
  await dropUnused(db);
  return true;
}

/** The clean-up: whatever belongs to no generation that is remembered goes. */
export async function dropUnused(db: WorkspaceDb): Promise<void> {
  const tx = db.transaction(['kv', 'passages', ...VECTOR_STORES], 'readwrite');
  const remembered = await kvIn(tx).get(KEY);
  if (remembered) {
    const used = [remembered.active, remembered.building, remembered.kept].flatMap((one) =>
      one ? [one.gen] : [],
    );
    for (const name of ['passages', ...VECTOR_STORES] as const) {
      // The keys of all of them begin with the generation.
      const store = tx.objectStore(name as 'passages');
      for (let from: IDBKeyRange | null = null; ; ) {
        // One key tells the next generation's name; its rows are deleted as a range.
        const key: [GenerationId, string] | undefined = await store.getKey(
          from ?? IDBKeyRange.lowerBound(['']),
        );
        if (!key) break;
        const all = within(key[0]);
        if (!used.includes(key[0])) await store.delete(all);
        from = IDBKeyRange.lowerBound([key[0], []]);
      }
    }
  }
  await tx.done;
}
