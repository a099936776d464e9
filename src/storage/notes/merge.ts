import type { IDBPTransaction, StoreNames } from 'idb';
import type { WorkspaceDb } from '../db.ts';
import type { TrashedNote, WorkspaceSchema } from '../schema.ts';
import { withTags } from './link-reader.ts';
import { NOTE_STORES, putNote } from './put-note.ts';
import {
  type BackedUpNote,
  type Here,
  newNote,
  type Outcome,
  sameText,
  sameVersion,
  settle,
} from './settle.ts';
import { type KeptVersion, versionOf } from './version-of.ts';

export interface Merged {
  /** Of the note here: its twin's, where it has one. */
  id: string;
  outcome: Outcome;
}

interface Found {
  id: string;
  here: Here | undefined;
  trashed: TrashedNote | undefined;
}

type Mode = 'readonly' | 'readwrite';
type Tx<M extends Mode> = IDBPTransaction<WorkspaceSchema, StoreNames<WorkspaceSchema>[], M>;

async function noteOf<M extends Mode>(tx: Tx<M>, id: string): Promise<Here | undefined> {
  const [meta, body] = await Promise.all([
    tx.objectStore('notes').get(id),
    tx.objectStore('bodies').get(id),
  ]);
  return meta && { meta, text: body?.text ?? '' };
}

/**
 * The note here that a backup's is about: the one with its id, or else its twin, if that came from
 * the same file with the same text, or is the same to the letter.
 */
async function find<M extends Mode>(tx: Tx<M>, one: BackedUpNote): Promise<Found> {
  const here = await noteOf(tx, one.id);
  if (here) return { id: one.id, here, trashed: undefined };
  const trashed = await tx.objectStore('trash').get(one.id);
  const twin = one.twin === undefined || trashed ? undefined : await noteOf(tx, one.twin);
  if (one.twin !== undefined && twin) {
    const { importPath, importHash, path } = twin.meta;
    const sameFile =
      one.importHash !== undefined &&
      importHash === one.importHash &&
      (importPath ?? path) === (one.importPath ?? one.path);
    if (sameFile || (path === one.path && sameText(twin, one))) {
      return { id: one.twin, here: twin, trashed: undefined };
    }
  }
  return { id: one.id, here: undefined, trashed };
}

/** What `mergeNotes` would do with these notes; nothing is written. */
export async function compareNotes(
  db: WorkspaceDb,
  backedUp: readonly BackedUpNote[],
): Promise<Merged[]> {
  const tx = db.transaction(['notes', 'bodies', 'trash'], 'readonly');
  const outcomes: Merged[] = [];
  for (const one of backedUp) {
    const { id, here } = await find(tx as unknown as Tx<'readonly'>, one);
    outcomes.push({ id, outcome: settle(one, here, withTags).outcome });
  }
  await tx.done;
  return outcomes;
}

/**
 * Merges a handful of notes by their ids, in one strict transaction; nothing of either side is lost:
 * see `settle`. What lay in the trash and has another text is kept as a version of what comes back.
 * @returns what became of each, in their order
 * @throws DOMException `QuotaExceededError`; nothing is written then
 */
export async function mergeNotes(
  db: WorkspaceDb,
  backedUp: readonly BackedUpNote[],
  { now }: { now: () => number },
): Promise<Merged[]> {
  const tx = db.transaction([...NOTE_STORES, 'versions', 'trash'], 'readwrite', {
    durability: 'strict',
  });
  const versions = tx.objectStore('versions');
  const outcomes: Merged[] = [];

  /** Once: the same backup may be restored again. */
  const keep = async (note: string, version: KeptVersion): Promise<void> => {
    const kept = await versions.index('note').getAll(note);
    if (kept.some((one) => sameVersion(one, version))) return;
    await versions.add({ ...version, note, at: now(), why: 'restored' });
  };

  for (const one of backedUp) {
    const { id, here, trashed } = await find(tx as unknown as Tx<'readwrite'>, one);
    const { outcome, meta, text, versions: lost } = settle(one, here, withTags);
    outcomes.push({ id, outcome });
    for (const version of lost) await keep(id, version);
    if (trashed) {
      const { meta: old, text: oldText } = trashed;
      if (old.title !== one.title || oldText !== one.text) {
        await keep(id, versionOf(old, oldText));
      }
      await tx.objectStore('trash').delete(id);
    }
    if (!meta) continue;
    // A higher revision than in the trash: the commit of a deletion under way must not match it.
    const { original } = one;
    const written = trashed ? newNote(one, trashed.meta.revision + 1) : meta;
    if (text !== null) {
      await putNote(tx, { meta: written, text, at: now(), urgent: true, original });
      continue;
    }
    await tx.objectStore('notes').put(here ? withTags(written, here.text) : written);
    if (original && written.file === one.file) {
      await tx.objectStore('originals').put({ note: id, bytes: original });
    }
  }
  await tx.done;
  return outcomes;
}
