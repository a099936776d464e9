import type { WorkspaceDb } from '../db.ts';
import type { NoteMeta } from '../schema.ts';
import { openSave, type SaveTx, saveIn } from './save.ts';

/** Another text of a note, made of the one with this revision. */
export interface Rewrite {
  id: string;
  revision: number;
  text: string;
  /** Absent: it stays. */
  title?: string;
  /** When its text was last changed, epoch ms; absent: now. */
  modified?: number;
}

export interface Rewriting {
  rewrites: readonly Rewrite[];
  /** Former titles that a note has from now on; its text and revision stay. */
  formerTitles?: { id: string; titles: readonly string[] };
}

export interface Rewritten {
  /** Notes as they were and as they are. */
  changed: { before: { meta: NoteMeta; text: string }; after: NoteMeta }[];
  /** Ids of those that have another text by now, or are gone: nothing was written to them. */
  left: string[];
}

/** Changes the texts of several notes, in one strict transaction. */
export async function rewriteNotes(
  db: WorkspaceDb,
  { rewrites, formerTitles }: Rewriting,
  { now }: { now: () => number },
): Promise<Rewritten> {
  const tx = openSave(db);
  const done: Rewritten = { changed: [], left: [] };
  for (const one of rewrites) {
    const changed = await rewriteIn(tx, one, now());
    if (changed) done.changed.push(changed);
    else done.left.push(one.id);
  }
  const meta = formerTitles && (await tx.objectStore('notes').get(formerTitles.id));
  if (meta) await tx.objectStore('notes').put(withFormerTitles(meta, formerTitles.titles));
  await tx.done;
  return done;
}

async function rewriteIn(
  tx: SaveTx,
  { id, revision, text, title, modified }: Rewrite,
  at: number,
): Promise<Rewritten['changed'][number] | null> {
  const meta = await tx.objectStore('notes').get(id);
  if (meta?.revision !== revision) return null;
  const before = { meta, text: (await tx.objectStore('bodies').get(id))?.text ?? '' };
  const saved = await saveIn(
    tx,
    { id, title: title ?? meta.title, text, baseRevision: revision },
    at,
  );
  if (!saved) return null;
  if (modified === undefined || !saved.changed) return { before, after: saved.meta };
  const after = { ...saved.meta, modified };
  await tx.objectStore('notes').put(after);
  return { before, after };
}

function withFormerTitles(meta: NoteMeta, titles: readonly string[]): NoteMeta {
  const { formerTitles: _, ...others } = meta;
  return titles.length > 0 ? { ...others, formerTitles: [...titles] } : others;
}
