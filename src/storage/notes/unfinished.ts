import type { WorkspaceDb } from '../db.ts';

export type UnfinishedKind = 'import' | 'restore';

/** An import or a restore that was begun, as far as it got; by it the next visit goes on. */
export interface Unfinished {
  kind: UnfinishedKind;
  /** Of what was chosen, as a person knows it: a file or a folder. */
  name: string;
  /** Files dealt with, of all. */
  done: number;
  total: number;
  /** SHA-256 (hex) by which a backup that is chosen again is known. */
  mark?: string;
  /** What a restore has counted by then. */
  counts?: { added: number; updated: number; same: number; kept: number };
  /** What it did not take, as far as it is remembered. */
  skipped?: { path: string; reason: string }[];
  /** Folders and files that were dropped, where the browser lets them be kept. */
  handles?: unknown[];
}

const KINDS: readonly UnfinishedKind[] = ['restore', 'import'];
const keyOf = (kind: UnfinishedKind): string => `unfinished:${kind}`;

/** At most one of a kind. */
export async function readUnfinished(db: WorkspaceDb): Promise<Unfinished[]> {
  const found = await Promise.all(KINDS.map((kind) => db.get('kv', keyOf(kind))));
  return found.filter((one) => one !== undefined) as Unfinished[];
}

export async function writeUnfinished(
  db: WorkspaceDb,
  kind: UnfinishedKind,
  one: Unfinished | null,
): Promise<void> {
  if (one) await db.put('kv', one, keyOf(kind));
  else await db.delete('kv', keyOf(kind));
}
