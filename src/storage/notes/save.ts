import type { IDBPObjectStore, IDBPTransaction, StoreNames } from 'idb';
import { FindlingError } from '../../errors.ts';
import type { WorkspaceDb } from '../db.ts';
import type { NoteMeta, WorkspaceSchema, Writer } from '../schema.ts';
import { NOTE_STORES, putNote } from './put-note.ts';
import { versionOf } from './version-of.ts';

export interface SaveRequest {
  id: string;
  title: string;
  text: string;
  /** The revision that the editor's text grew from; 0 for a new note. */
  baseRevision: number;
  /** Of a new note only. */
  tags?: string[];
  path?: string;
  pinned?: boolean;
  created?: number;
  /** Which tab saves: of two that write in one note, each is known by it. */
  by?: Writer;
}

export interface SaveResult {
  meta: NoteMeta;
  /** False when title and text were already so: nothing was written. */
  changed: boolean;
  /** True when another tab had saved meanwhile: its text is kept as a version. */
  conflict: boolean;
}

/** Pause after which an edit begins a new session, whose start is kept as a version, ms. */
const SESSION_MS = 10 * 60_000;
/** Versions of a note that are kept in any case … */
const VERSIONS_KEPT = 20;
/** … and age up to which more are kept, ms. */
const VERSIONS_KEPT_MS = 30 * 24 * 60 * 60_000;
/**
 * Longest text kept as a version, UTF-16 units: twenty copies of a longer one would fill the
 * storage.
 */
const LONGEST_VERSION = 1_000_000;
/** Of the texts that one tab loses to another, one version is kept for each such span, ms. */
const CONFLICT_SPAN_MS = 60_000;

const isWorthKeeping = (old: NoteMeta, oldText: string, text: string, now: number): boolean =>
  now - old.modified > SESSION_MS &&
  oldText !== text &&
  oldText.trim() !== '' &&
  oldText.length <= LONGEST_VERSION;

type Versions = IDBPObjectStore<
  WorkspaceSchema,
  StoreNames<WorkspaceSchema>[],
  'versions',
  'readwrite'
>;

/** What a conflict left is never forgotten. */
async function forgetOldest(versions: Versions, note: string, now: number): Promise<void> {
  const edits = (await versions.index('note').getAll(note)).filter(({ why }) => why === 'edit');
  const old = edits.slice(0, -VERSIONS_KEPT).filter(({ at }) => now - at > VERSIONS_KEPT_MS);
  await Promise.all(old.map(({ id }) => versions.delete(id!)));
}

/** Stores that a save writes. */
export const SAVE_STORES = [...NOTE_STORES, 'versions'] as const;

export type SaveTx = IDBPTransaction<WorkspaceSchema, (typeof SAVE_STORES)[number][], 'readwrite'>;

/** The one strict transaction in which notes are saved. */
export const openSave = (db: WorkspaceDb): SaveTx =>
  db.transaction(SAVE_STORES as unknown as (typeof SAVE_STORES)[number][], 'readwrite', {
    durability: 'strict',
  });

/**
 * Saves a note and marks it pending, in one strict transaction.
 * @throws FindlingError `note-deleted` when the note that the text grew from is gone: nothing is
 *   written then, since nobody asked for it to come back.
 * @throws FindlingError-convertible DOMException: `QuotaExceededError` when storage is full.
 */
export async function saveNote(
  db: WorkspaceDb,
  request: SaveRequest,
  { now }: { now: () => number },
): Promise<SaveResult> {
  const tx = openSave(db);
  const result = await saveIn(tx, request, now());
  await tx.done;
  if (!result) throw new FindlingError('note-deleted');
  return result;
}

/**
 * The same, in the caller's transaction.
 * @param at epoch ms
 * @returns null when the note is gone: nothing is written
 */
export async function saveIn(
  tx: SaveTx,
  request: SaveRequest,
  at: number,
): Promise<SaveResult | null> {
  const { id, title, text, by } = request;
  const notes = tx.objectStore('notes');
  const bodies = tx.objectStore('bodies');
  const old = await notes.get(id);
  if (!old && request.baseRevision > 0) return null;
  const oldText = old ? ((await bodies.get(id))?.text ?? '') : '';
  if (old && old.title === title && oldText === text) {
    return { meta: old, changed: false, conflict: false };
  }
  const conflict = !!old && old.revision !== request.baseRevision;
  const versions = tx.objectStore('versions') as unknown as Versions;
  if (conflict) await keepLost(versions, old, oldText, at);
  if (!conflict && old && isWorthKeeping(old, oldText, text, at)) {
    await versions.add({ ...versionOf(old, oldText), note: id, at: old.modified, why: 'edit' });
    await forgetOldest(versions, id, at);
  }
  const revision = (old?.revision ?? 0) + 1;
  const meta: NoteMeta = {
    ...(old ?? {
      id,
      path: request.path ?? '',
      tags: request.tags ?? [],
      pinned: request.pinned ?? false,
      created: request.created ?? at,
      metaChanged: at,
    }),
    title,
    modified: at,
    revision,
    size: text.length,
  };
  if (by) meta.savedBy = { ...by, revision };
  const original = old && oldText === text ? 'same' : undefined;
  const written = await putNote(tx, { meta, text, at, urgent: false, original });
  return { meta: written, changed: true, conflict };
}

/**
 * Keeps a text that another tab's takes the place of. Two tabs that type in one note lose a text to
 * each other at every save: of those of one tab, a version is replaced by a later one of the same
 * minute. Texts of two tabs never replace each other.
 */
async function keepLost(
  versions: Versions,
  old: NoteMeta,
  oldText: string,
  at: number,
): Promise<void> {
  const tab = old.savedBy?.revision === old.revision ? old.savedBy.tab : undefined;
  const span = Math.floor(at / CONFLICT_SPAN_MS);
  const earlier =
    tab === undefined
      ? undefined
      : (await versions.index('note').getAll(old.id)).findLast(
          (version) =>
            version.why === 'edit-conflict' &&
            version.tab === tab &&
            Math.floor(version.at / CONFLICT_SPAN_MS) === span,
        );
  if (earlier) await versions.delete(earlier.id!);
  await versions.add({ ...versionOf(old, oldText), note: old.id, at, why: 'edit-conflict', tab });
}
