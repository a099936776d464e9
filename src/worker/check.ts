import type { CheckReport } from '../protocol.ts';
import type { IndexStore } from '../storage/index/index-store.ts';
import { isWhole } from '../storage/index/segments.ts';
import type { GenerationId } from '../storage/schema.ts';

/** Passage lists read in one request. */
const AT_ONCE = 200;

export interface CheckDeps {
  store: IndexStore;
  gen: GenerationId;
  /** Components of a vector. */
  dimensions: number;
  /** Epoch ms. */
  now(): number;
  isCancelled(): boolean;
  /** Lets queries in. */
  pause(): Promise<void>;
}

/**
 * Compares the stored index with the notes, one by one, and repairs what is wrong by having
 * those notes indexed again. What is pending or quarantined anyway is not wrong.
 * @returns null when cancelled; nothing is repaired then
 */
export async function checkIndex(deps: CheckDeps): Promise<CheckReport | null> {
  const { store, gen, dimensions } = deps;
  const [metas, due] = await Promise.all([store.noteMetas(), store.notIndexed()]);
  const revisions = new Map(metas.map(({ id, revision }) => [id, revision]));
  const wrong = new Set<string>();
  const damaged = new Set<string>();
  const missing = new Set<string>();
  const strays: string[] = [];
  const listed = new Set<string>();
  let passages = 0;
  let after: string | null = null;
  for (;;) {
    const lists = await store.passageLists(gen, after, AT_ONCE);
    const last = lists.at(-1);
    if (!last) break;
    after = last.note;
    const hashes = [...new Set(lists.flatMap((list) => list.passages.map(({ hash }) => hash)))];
    const vectors = await store.vectors(gen, hashes);
    for (const [i, hash] of hashes.entries()) {
      const vector = vectors[i];
      if (!vector) missing.add(hash);
      else if (!isWhole(vector, dimensions)) damaged.add(hash);
    }
    for (const { note, revision, passages: parts } of lists) {
      const now = revisions.get(note);
      if (now === undefined) {
        strays.push(note);
        continue;
      }
      listed.add(note);
      passages += parts.length;
      const whole = parts.every(({ hash }) => !missing.has(hash) && !damaged.has(hash));
      // Behind its note and not pending: it would stay behind.
      if (!whole || (revision < now && !due.has(note))) wrong.add(note);
    }
    if (deps.isCancelled()) return null;
    await deps.pause();
  }
  let unindexed = 0;
  for (const note of revisions.keys()) {
    if (listed.has(note) || due.has(note)) continue;
    wrong.add(note);
    unindexed++;
  }
  const repaired = await store.repair(
    gen,
    { notes: [...wrong], vectors: [...damaged], strays },
    deps.now(),
  );
  return {
    notes: revisions.size,
    passages,
    unindexed,
    missing: missing.size,
    damaged: damaged.size,
    strays: strays.length,
    repaired,
  };
}
