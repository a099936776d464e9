import type { IDBPTransaction } from 'idb';
import type { WorkspaceDb } from '../db.ts';
import { kvIn, type UnusedSince } from '../kv.ts';
import type { KeptFile, NoteMeta, WorkspaceSchema } from '../schema.ts';
import { UNUSED_SINCE } from './attachments.ts';
import { ShownAmong } from './shown-among.ts';

/** Time between the two starts at which nothing may show an attachment that goes, ms. */
const UNUSED_FOR_MS = 24 * 60 * 60_000;

/** Notes without their texts read in one request. */
const METAS_AT_ONCE = 1_000;
/** Other rows read in one request. */
const ROWS_AT_ONCE = 20;
/** Texts looked through in one transaction, UTF-16 units. */
const UNITS_AT_ONCE = 2_000_000;

export interface SweepDeps {
  /** Epoch ms. */
  now(): number;
  /** Texts that are not in the database, or not yet: asked for once more in the transaction. */
  unsaved(): Iterable<string>;
  /** Yields; false: not now, and nothing is deleted. */
  pause(): Promise<boolean>;
}

/** Every store in which a text may show an attachment, and what is written. */
const STORES = [
  'notes',
  'bodies',
  'versions',
  'trash',
  'undo',
  'attachments',
  'files',
  'kv',
] as const;
type Tx = IDBPTransaction<WorkspaceSchema, (typeof STORES)[number][], 'readwrite'>;
type TextStore = 'versions' | 'trash' | 'undo';

/** Tells a note's text from any other that was ever stored under its id. */
const stateOf = ({ revision, modified, size }: NoteMeta): string =>
  `${revision} ${modified} ${size}`;

/**
 * Deletes attachments that no note, version, deleted note, undo history or unsaved text shows, and
 * that none showed at an earlier start a day or more ago. The paths that named them go with them.
 *
 * All texts are read first, a few at a time, while others write. The transaction that deletes then
 * looks once more at what may have changed since, so that it is short: a note's text has another
 * revision then; a version has a new key, or belongs to a note with another revision; deleted notes
 * and undo histories are few, and all are looked at. An attachment that is added again meanwhile is
 * taken off the list of the unused by `addAttachment`, so it stays too.
 * @returns ids of the attachments that are gone
 */
export async function sweepAttachments(db: WorkspaceDb, deps: SweepDeps): Promise<string[]> {
  const unused = new Set(await db.getAllKeys('attachments'));
  const seen = await lookThrough(db, unused, deps);
  if (!seen) return [];
  const look = lookerOf(unused, await db.getAll('files'));
  for (const text of deps.unsaved()) look(text, true);
  const due = await noteUnused(db, unused, deps.now());
  return due.size === 0 ? [] : deleteUnused(db, due, seen, deps);
}

/** Takes off `unused` what a text shows; `inPieces` as `ShownAmong` says. */
function lookerOf(
  unused: Set<string>,
  files: readonly KeptFile[],
): (text: string, inPieces?: boolean) => void {
  const among = new ShownAmong(unused, files);
  return (text, inPieces = false) => {
    for (const id of inPieces ? among.inPieces(text) : among.in(text)) unused.delete(id);
  };
}

interface Seen {
  /** By note, its `stateOf` when its text was read. */
  notes: Map<string, string>;
  /** The newest version that was read. */
  lastVersion: number;
}

/** Reads every text and takes off `unused` what is shown. @returns null when it was told to stop */
async function lookThrough(
  db: WorkspaceDb,
  unused: Set<string>,
  { pause }: SweepDeps,
): Promise<Seen | null> {
  const seen: Seen = { notes: new Map(), lastVersion: 0 };
  if (unused.size === 0) return seen;
  const look = lookerOf(unused, await db.getAll('files'));
  for (let after: IDBKeyRange | undefined; ; ) {
    const metas: NoteMeta[] = await db.getAll('notes', after, METAS_AT_ONCE);
    for (const range of rangesOf(metas)) {
      // Together: the state must be that of the text.
      const tx = db.transaction(['notes', 'bodies']);
      const [states, bodies] = await Promise.all([
        tx.objectStore('notes').getAll(range),
        tx.objectStore('bodies').getAll(range),
      ]);
      for (const { text } of bodies) look(text);
      for (const meta of states) seen.notes.set(meta.id, stateOf(meta));
      if (!(await pause())) return null;
    }
    const last = metas.at(-1);
    if (metas.length < METAS_AT_ONCE || !last) break;
    after = IDBKeyRange.lowerBound(last.id, true);
  }
  for (const name of ['versions', 'trash', 'undo'] as const) {
    for (let after: IDBKeyRange | undefined; ; ) {
      const { rows, keys } = await readRows(db.transaction(name).store, after);
      for (const row of rows) {
        look(textOf(row), 'json' in row);
        // What an undo brings back may lie in the text in part.
        if ('json' in row) look((await db.get('bodies', row.note))?.text ?? '', true);
      }
      const last = keys.at(-1);
      if (name === 'versions') seen.lastVersion = (last as number | undefined) ?? seen.lastVersion;
      if (!(await pause())) return null;
      if (rows.length < ROWS_AT_ONCE || last === undefined) break;
      after = IDBKeyRange.lowerBound(last, true);
    }
  }
  return seen;
}

/** Neighbours by key, as many as may be read at once. */
function* rangesOf(metas: readonly NoteMeta[]): Generator<IDBKeyRange> {
  let first = 0;
  let units = 0;
  for (const [i, { id, size }] of metas.entries()) {
    units += size;
    if (units < UNITS_AT_ONCE && i < metas.length - 1) continue;
    yield IDBKeyRange.bound(metas[first]!.id, id);
    first = i + 1;
    units = 0;
  }
}

interface Readable {
  getAll(range: IDBKeyRange | undefined, count: number): Promise<unknown[]>;
  getAllKeys(range: IDBKeyRange | undefined, count: number): Promise<IDBValidKey[]>;
}
type Row = { text: string } | { note: string; json: string };

async function readRows(
  store: unknown,
  after: IDBKeyRange | undefined,
): Promise<{ rows: Row[]; keys: IDBValidKey[] }> {
  const readable = store as Readable;
  const [rows, keys] = await Promise.all([
    readable.getAll(after, ROWS_AT_ONCE),
    readable.getAllKeys(after, ROWS_AT_ONCE),
  ]);
  return { rows: rows as Row[], keys };
}

const textOf = (row: Row): string => ('json' in row ? row.json : row.text);

/**
 * Remembers since when each is unused.
 * @returns those that have been for long enough, with that time
 */
async function noteUnused(
  db: WorkspaceDb,
  unused: ReadonlySet<string>,
  now: number,
): Promise<Map<string, number>> {
  const tx = db.transaction('kv', 'readwrite');
  const kv = kvIn(tx);
  const known = (await kv.get(UNUSED_SINCE)) ?? {};
  const next: UnusedSince = {};
  const due = new Map<string, number>();
  for (const id of unused) {
    // One from a clock that was ahead starts over.
    const since = Math.min(known[id] ?? now, now);
    next[id] = since;
    if (now - since >= UNUSED_FOR_MS) due.set(id, since);
  }
  await kv.put(next, UNUSED_SINCE);
  await tx.done;
  return due;
}

/** The deleting transaction, which looks once more. */
async function deleteUnused(
  db: WorkspaceDb,
  due: ReadonlyMap<string, number>,
  seen: Seen,
  { unsaved }: SweepDeps,
): Promise<string[]> {
  const tx: Tx = db.transaction([...STORES], 'readwrite', { durability: 'strict' });
  const kv = kvIn(tx);
  const since = (await kv.get(UNUSED_SINCE)) ?? {};
  const unused = new Set([...due.keys()].filter((id) => since[id] === due.get(id)));
  const files = await tx.objectStore('files').getAll();
  const look = lookerOf(unused, files);
  for await (const { text, inPieces } of changedTexts(tx, seen)) look(text, inPieces);
  for (const text of unsaved()) look(text, true);
  const rest = Object.fromEntries(Object.entries(since).filter(([id]) => !due.has(id)));
  for (const id of unused) await tx.objectStore('attachments').delete(id);
  for (const { path, attachment } of files) {
    if (unused.has(attachment)) await tx.objectStore('files').delete(path);
  }
  await kv.put(rest, UNUSED_SINCE);
  await tx.done;
  return [...unused];
}

/** A text, and whether it lies in pieces (`ShownAmong`). */
interface Looked {
  text: string;
  inPieces?: boolean;
}

/** Texts that may be others than those that were read. */
async function* changedTexts(tx: Tx, seen: Seen): AsyncGenerator<Looked> {
  const byNote = tx.objectStore('versions').index('note');
  for (let after: IDBKeyRange | undefined; ; ) {
    const metas: NoteMeta[] = await tx.objectStore('notes').getAll(after, METAS_AT_ONCE);
    for (const meta of metas) {
      if (seen.notes.get(meta.id) === stateOf(meta)) continue;
      yield { text: (await tx.objectStore('bodies').get(meta.id))?.text ?? '' };
      for (const { text } of await byNote.getAll(meta.id)) yield { text };
    }
    const last = metas.at(-1);
    if (metas.length < METAS_AT_ONCE || !last) break;
    after = IDBKeyRange.lowerBound(last.id, true);
  }
  const newer = IDBKeyRange.lowerBound(seen.lastVersion, true);
  yield* textsIn(tx, 'versions', newer);
  yield* textsIn(tx, 'trash');
  yield* textsIn(tx, 'undo');
}

async function* textsIn(tx: Tx, name: TextStore, from?: IDBKeyRange): AsyncGenerator<Looked> {
  for (let after = from; ; ) {
    const { rows, keys } = await readRows(tx.objectStore(name), after);
    for (const row of rows) {
      const inPieces = 'json' in row;
      yield { text: textOf(row), inPieces };
      if (!inPieces) continue;
      yield { text: (await tx.objectStore('bodies').get(row.note))?.text ?? '', inPieces };
    }
    const last = keys.at(-1);
    if (rows.length < ROWS_AT_ONCE || last === undefined) return;
    after = IDBKeyRange.lowerBound(last, true);
  }
}
