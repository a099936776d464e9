import type { WorkspaceDb } from '../db.ts';
import { readKv, type Unfinished, type UnfinishedKind } from '../kv.ts';

export type { Unfinished, UnfinishedKind } from '../kv.ts';

/** Read in this order. */
const KINDS: readonly UnfinishedKind[] = ['restore', 'import'];
const keyOf = (kind: UnfinishedKind) => `unfinished:${kind}` as const;

/** At most one of a kind. */
export async function readUnfinished(db: WorkspaceDb): Promise<Unfinished[]> {
  const found = await Promise.all(KINDS.map((kind) => readKv(db, keyOf(kind))));
  return found.filter((one) => one !== undefined);
}

/** Remembers work that was cut off, one of each kind; null forgets it. */
export async function writeUnfinished(
  db: WorkspaceDb,
  kind: UnfinishedKind,
  one: Unfinished | null,
): Promise<void> {
  if (one) await db.put('kv', one, keyOf(kind));
  else await db.delete('kv', keyOf(kind));
}
