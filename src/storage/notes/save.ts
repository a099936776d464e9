import type { IDBPObjectStore, StoreNames } from 'idb';
import type { WorkspaceDb } from '../db.ts';
import { pendingFlag } from '../pending-flag.ts';
import type { NoteMeta, WorkspaceSchema } from '../schema.ts';
import { linkKeys } from './links.ts';

export interface SaveRequest {
  id: string;
  title: string;
  text: string;
  /** The revision that the editor's text grew from; 0 for a new note. */
  baseRevision: number;
  tags?: string[];
  path?: string;
}

export interface SaveResult {
  meta: NoteMeta;
  /** False when title and text were already so: nothing was written. */
  changed: boolean;
  /** True when another tab had saved meanwhile: its text is kept as a version. */
  conflict: boolean;
}

/** After so long a pause somebody comes back to a text: as it stood is kept, ms. */
const SESSION_MS = 10 * 60_000;
/** So many are kept, and more while they are younger than this, ms. */
const VERSIONS_KEPT = 20;
const VERSIONS_KEPT_MS = 30 * 24 * 60 * 60_000;
/** Twenty copies of a longer one would fill the storage, UTF-16 units. */
const LONGEST_VERSION = 1_000_000;

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

/**
 * Saves a note and marks it pending, in one strict transaction.
 * @throws FindlingError-convertible DOMException: `QuotaExceededError` when storage is full.
 */
export async function saveNote(
  db: WorkspaceDb,
  request: SaveRequest,
  { now }: { now: () => number },
): Promise<SaveResult> {
  const to = linkKeys(request.text);
  const tx = db.transaction(
    ['notes', 'bodies', 'pending', 'quarantine', 'versions', 'links'],
    'readwrite',
    { durability: 'strict' },
  );
  const notes = tx.objectStore('notes');
  const bodies = tx.objectStore('bodies');
  const old = await notes.get(request.id);
  const oldText = old ? ((await bodies.get(request.id))?.text ?? '') : '';
  if (old && old.title === request.title && oldText === request.text) {
    await tx.done;
    return { meta: old, changed: false, conflict: false };
  }
  const at = now();
  const conflict = !!old && old.revision !== request.baseRevision;
  if (conflict) {
    await tx.objectStore('versions').add({
      note: request.id,
      at,
      title: old.title,
      text: oldText,
      why: 'edit-conflict',
    });
  }
  const versions = tx.objectStore('versions');
  if (!conflict && old && isWorthKeeping(old, oldText, request.text, at)) {
    const { title, modified } = old;
    await versions.add({ note: request.id, at: modified, title, text: oldText, why: 'edit' });
    await forgetOldest(versions, request.id, at);
  }
  const meta: NoteMeta = {
    ...(old ?? {
      id: request.id,
      path: request.path ?? '',
      tags: request.tags ?? [],
      pinned: false,
      created: at,
      metaChanged: at,
    }),
    title: request.title,
    modified: at,
    revision: (old?.revision ?? request.baseRevision) + 1,
    size: request.text.length,
  };
  await Promise.all([
    notes.put(meta),
    bodies.put({ id: request.id, text: request.text }),
    tx.objectStore('pending').put(pendingFlag(request.id, meta.revision, at, false)),
    // A new text deserves a new try.
    tx.objectStore('quarantine').delete(request.id),
    to.length > 0
      ? tx.objectStore('links').put({ note: request.id, to })
      : tx.objectStore('links').delete(request.id),
  ]);
  await tx.done;
  return { meta, changed: true, conflict };
}
