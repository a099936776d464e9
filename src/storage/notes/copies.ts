import type { WorkspaceDb } from '../db.ts';
import { pendingFlag } from '../pending-flag.ts';
import type { AcceptedCopy, NoteMeta } from '../schema.ts';
import { NOTE_STORES } from './put-note.ts';
import { restoreIn } from './remove.ts';
import { versionOf } from './version-of.ts';

/** A conflict copy that becomes a version of the note that it is a copy of. */
export interface Accepting {
  /** Id of the copy's note, and its revision as the person saw it. */
  note: string;
  revision?: number;
  /** Id of the note that keeps it. */
  base: string;
}

/** The note, as the list of what was accepted knows it. */
const entryOf = ({ id, importPath, path, importHash, hashKind }: NoteMeta): AcceptedCopy => ({
  id,
  ...(importHash !== undefined && { path: importPath ?? path, hash: importHash, hashKind }),
});

/**
 * Keeps conflict copies as versions of their base notes and moves their notes to the trash, in one
 * strict transaction. Path and hash of their files are remembered, so that an import does not bring
 * them back.
 * @returns those that were there, and as they were seen
 */
export async function acceptCopies(
  db: WorkspaceDb,
  wanted: readonly Accepting[],
  { now }: { now: () => number },
): Promise<Accepting[]> {
  const tx = db.transaction([...NOTE_STORES, 'versions', 'trash', 'undo'], 'readwrite', {
    durability: 'strict',
  });
  const notes = tx.objectStore('notes');
  const versions = tx.objectStore('versions');
  const accepted: Accepting[] = [];
  for (const one of wanted) {
    const { note: id } = one;
    const [meta, base, body, original, kept] = await Promise.all([
      notes.get(id),
      notes.get(one.base),
      tx.objectStore('bodies').get(id),
      tx.objectStore('originals').get(id),
      versions.index('note').getAll(one.base),
    ]);
    if (!meta || !base || id === one.base) continue;
    if (one.revision !== undefined && one.revision !== meta.revision) continue;
    const text = body?.text ?? '';
    const at = now();
    // Once: a backup brings the same again.
    const before = kept.filter(({ copy }) => copy?.id === id);
    await Promise.all([
      ...before.map((version) => versions.delete(version.id!)),
      versions.add({
        ...{ ...versionOf(meta, text), note: base.id, at: meta.modified, why: 'copy', copy: meta },
        ...(original && { original: original.bytes }),
      }),
      notes.put({
        ...base,
        copies: [...(base.copies ?? []).filter((known) => known.id !== id), entryOf(meta)],
      }),
      tx.objectStore('trash').put({ id, meta, text, at }),
      notes.delete(id),
      tx.objectStore('bodies').delete(id),
      tx.objectStore('quarantine').delete(id),
      tx.objectStore('links').delete(id),
      tx.objectStore('undo').delete(id),
      tx.objectStore('pending').put(pendingFlag(id, meta.revision, at, true)),
    ]);
    accepted.push(one);
  }
  await tx.done;
  return accepted;
}

/**
 * Makes notes of accepted copies again, as they were; the versions go.
 * @returns the notes that are back
 */
export async function releaseCopies(
  db: WorkspaceDb,
  wanted: readonly Accepting[],
  { now }: { now: () => number },
): Promise<NoteMeta[]> {
  const tx = db.transaction([...NOTE_STORES, 'versions', 'trash'], 'readwrite', {
    durability: 'strict',
  });
  const notes = tx.objectStore('notes');
  const versions = tx.objectStore('versions');
  const restoring = tx as unknown as Parameters<typeof restoreIn>[0];
  const back: NoteMeta[] = [];
  for (const { note: id, base: baseId } of wanted) {
    const meta = await restoreIn(restoring, id, now(), Number.POSITIVE_INFINITY);
    // Gone for good meanwhile: the version is all that is left of it, and stays.
    if (!meta) continue;
    back.push(meta);
    const base = await notes.get(baseId);
    if (base) {
      const { copies = [], ...others } = base;
      const left = copies.filter((one) => one.id !== id);
      await notes.put(left.length > 0 ? { ...others, copies: left } : others);
    }
    const kept = await versions.index('note').getAll(baseId);
    await Promise.all(
      kept.filter(({ copy }) => copy?.id === id).map((version) => versions.delete(version.id!)),
    );
  }
  await tx.done;
  return back;
}
