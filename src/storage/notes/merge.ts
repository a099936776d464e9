import type { WorkspaceDb } from '../db.ts';
import { pendingFlag } from '../pending-flag.ts';
import type { NoteMeta } from '../schema.ts';
import { linkKeys } from './links.ts';

/** A note as a backup holds it. Times are epoch milliseconds. */
export interface BackedUpNote {
  id: string;
  path: string;
  title: string;
  text: string;
  tags: string[];
  pinned: boolean;
  created: number;
  modified: number;
}

/**
 * - `restored`: it was not here, and is now.
 * - `same`: title and text were already so; nothing was written.
 * - `newer`: the backup's text was changed later, and takes the place of the one here.
 * - `older`: the text here was changed later, and stays.
 * The text that loses is kept as a version of the note.
 */
export type Merged = 'restored' | 'same' | 'newer' | 'older';

/**
 * Merges a handful of notes by their ids, in one strict transaction; no text of either side is lost.
 * @returns what became of each, in their order
 * @throws DOMException `QuotaExceededError`; nothing is written then
 */
export async function mergeNotes(
  db: WorkspaceDb,
  backedUp: readonly BackedUpNote[],
  { now }: { now: () => number },
): Promise<Merged[]> {
  const tx = db.transaction(
    ['notes', 'bodies', 'pending', 'quarantine', 'versions', 'links', 'trash'],
    'readwrite',
    { durability: 'strict' },
  );
  const notes = tx.objectStore('notes');
  const bodies = tx.objectStore('bodies');
  const versions = tx.objectStore('versions');
  const outcomes: Merged[] = [];

  /** Once: the same backup may be restored again. */
  const keep = async (note: string, title: string, text: string): Promise<void> => {
    const kept = await versions.index('note').getAll(note);
    if (kept.some((version) => version.title === title && version.text === text)) return;
    await versions.add({ note, at: now(), title, text, why: 'restored' });
  };

  for (const one of backedUp) {
    const old = await notes.get(one.id);
    const oldText = old ? ((await bodies.get(one.id))?.text ?? '') : '';
    if (old && old.title === one.title && oldText === one.text) {
      outcomes.push('same');
      continue;
    }
    if (old && old.modified >= one.modified) {
      await keep(one.id, one.title, one.text);
      outcomes.push('older');
      continue;
    }
    if (old) await keep(one.id, old.title, oldText);
    const { text, ...fields } = one;
    const revision = (old?.revision ?? 0) + 1;
    const meta: NoteMeta = {
      ...old,
      ...fields,
      metaChanged: old?.metaChanged ?? fields.modified,
      revision,
      size: text.length,
    };
    const to = linkKeys(text);
    await Promise.all([
      notes.put(meta),
      bodies.put({ id: one.id, text }),
      tx.objectStore('pending').put(pendingFlag(one.id, revision, now(), true)),
      tx.objectStore('quarantine').delete(one.id),
      tx.objectStore('trash').delete(one.id),
      to.length > 0
        ? tx.objectStore('links').put({ note: one.id, to })
        : tx.objectStore('links').delete(one.id),
    ]);
    outcomes.push(old ? 'newer' : 'restored');
  }
  await tx.done;
  return outcomes;
}
