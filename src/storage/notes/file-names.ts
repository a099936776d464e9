/** Gives notes that earlier versions imported the names of their files, once; and takes it back. */
import type { IDBPTransaction } from 'idb';
import type { Connection } from '../connection.ts';
import type { WorkspaceDb } from '../db.ts';
import { type FileNames, kvIn, type Renamed, readKv } from '../kv.ts';
import { pendingFlag } from '../pending-flag.ts';
import type { NoteMeta, NoteVersion, WorkspaceSchema } from '../schema.ts';
import { fetchLinkReader, withAliases } from './link-reader.ts';
import { listKey, STATE } from './renamed-lists.ts';
import { titledBack, titledByFile } from './titled-by-file.ts';

/** Notes looked at in one transaction. */
const AT_ONCE = 100;

const STORES = ['notes', 'bodies', 'trash', 'versions', 'pending', 'undo', 'kv'] as const;
type Tx = IDBPTransaction<WorkspaceSchema, (typeof STORES)[number][], 'readwrite'>;

export interface FileNamesStep {
  /** As it is after this step. */
  state: FileNames;
  /** Notes that it changed, for who reads them. */
  changed: string[];
}

/** The names of files of one workspace's notes. Each call is a transaction of its own. */
export interface FileNamesOfNotes {
  /** Undefined: it was not begun. */
  state(): Promise<FileNames | undefined>;
  /**
   * Looks at the next hundred notes, or takes the last hundred names back, as the state says. It may
   * be called by several tabs at once: each step begins where the last one ended.
   */
  step(): Promise<FileNamesStep>;
  /** Has the steps that follow take the names back, or give them once more. */
  turn(to: 'undoing' | 'naming'): Promise<FileNames | undefined>;
  /** The person has read how many were renamed. */
  dismiss(): Promise<void>;
}

/** The API over one workspace's connection. @param deps.now epoch ms */
export const fileNamesOfNotes = (
  run: Connection<WorkspaceSchema>['run'],
  deps: { now: () => number },
): FileNamesOfNotes => ({
  state: () => run((db) => readKv(db, STATE)),
  async step() {
    // Aliases of notes stored before come with it.
    await fetchLinkReader();
    return run((db) => step(db, deps.now()));
  },
  turn: (to) => run((db) => turn(db, to)),
  dismiss: () => run(dismiss),
});

const NOT_BEGUN: FileNames = { state: 'naming', store: 'notes', done: 0, renamed: 0, lists: 0 };

async function step(db: WorkspaceDb, at: number): Promise<FileNamesStep> {
  const tx: Tx = db.transaction([...STORES], 'readwrite', { durability: 'strict' });
  const kv = kvIn(tx);
  const now = (await kv.get(STATE)) ?? NOT_BEGUN;
  const changed: string[] = [];
  let state = now;
  if (now.state === 'naming') state = await nameSome(tx, now, at, changed);
  else if (now.state === 'undoing') state = await undoSome(tx, now, at, changed);
  if (state !== now) await kv.put(state, STATE);
  await tx.done;
  return { state, changed };
}

async function nameSome(
  tx: Tx,
  before: FileNames,
  at: number,
  changed: string[],
): Promise<FileNames> {
  const { store, after } = before;
  const range = after === undefined ? undefined : IDBKeyRange.lowerBound(after, true);
  const some = await readSome(tx, store, range);
  const renamed: Renamed[] = [];
  for (const { meta, text } of some) {
    const titled = titledByFile(meta, await importedText(tx, meta, text));
    const written = withAliases(titled ?? meta, text);
    if (written === meta) continue;
    await write(tx, store, meta, written, at);
    changed.push(meta.id);
    if (titled) renamed.push({ id: meta.id, from: meta.title, to: titled.title });
  }
  const state: FileNames = {
    ...before,
    done: before.done + some.length,
    renamed: before.renamed + renamed.length,
  };
  if (renamed.length > 0) {
    await kvIn(tx).put(renamed, listKey(before.lists));
    state.lists = before.lists + 1;
  }
  const last = some.at(-1)?.meta.id;
  if (some.length === AT_ONCE && last !== undefined) return { ...state, after: last };
  const { after: _, ...rest } = state;
  return store === 'notes' ? { ...rest, store: 'trash' } : { ...rest, state: 'named' };
}

interface Stored {
  meta: NoteMeta;
  text: string;
}

async function readSome(
  tx: Tx,
  store: FileNames['store'],
  range: IDBKeyRange | undefined,
): Promise<Stored[]> {
  if (store === 'trash') return tx.objectStore('trash').getAll(range, AT_ONCE);
  const metas = await tx.objectStore('notes').getAll(range, AT_ONCE);
  const [first, last] = [metas[0], metas.at(-1)];
  if (!first || !last) return [];
  const bodies = await tx.objectStore('bodies').getAll(IDBKeyRange.bound(first.id, last.id));
  const texts = new Map(bodies.map(({ id, text }) => [id, text]));
  return metas.map((meta) => ({ meta, text: texts.get(meta.id) ?? '' }));
}

/** The text that a note's title was made from, as far as it is known. */
async function importedText(tx: Tx, meta: NoteMeta, text: string): Promise<string> {
  if (meta.importedRevision === meta.revision) return text;
  const versions: NoteVersion[] = await tx.objectStore('versions').index('note').getAll(meta.id);
  // What a file or a tab had beside it is no earlier text of the note.
  const own = versions.filter(({ why }) => why === 'edit' || why === 'edit-conflict');
  own.sort((a, b) => a.at - b.at);
  return own[0]?.text ?? text;
}

/** Of a note whose text stays; its undo history is of this text still. */
async function write(
  tx: Tx,
  store: FileNames['store'],
  old: NoteMeta,
  meta: NoteMeta,
  at: number,
): Promise<void> {
  const { id, revision } = meta;
  if (store === 'trash') {
    const trashed = await tx.objectStore('trash').get(id);
    if (trashed) await tx.objectStore('trash').put({ ...trashed, meta });
    return;
  }
  await tx.objectStore('notes').put(meta);
  if (revision === old.revision) return;
  // The title is part of what is embedded.
  await tx.objectStore('pending').put(pendingFlag(id, revision, at, true));
  const undo = await tx.objectStore('undo').get(id);
  if (undo?.revision === old.revision) await tx.objectStore('undo').put({ ...undo, revision });
}

async function undoSome(
  tx: Tx,
  before: FileNames,
  at: number,
  changed: string[],
): Promise<FileNames> {
  const lists = before.lists - 1;
  const list = lists < 0 ? undefined : await kvIn(tx).get(listKey(lists));
  for (const { id, from, to } of list ?? []) {
    const note = await tx.objectStore('notes').get(id);
    const meta = note ?? (await tx.objectStore('trash').get(id))?.meta;
    // Renamed since by a person: theirs it is.
    if (meta?.title !== to) continue;
    await write(tx, note ? 'notes' : 'trash', meta, titledBack(meta, from), at);
    if (note) changed.push(id);
  }
  if (lists >= 0) await kvIn(tx).delete(listKey(lists));
  const done = before.done + (list?.length ?? 0);
  return { ...before, lists: Math.max(0, lists), done, state: lists > 0 ? 'undoing' : 'undone' };
}

async function turn(db: WorkspaceDb, to: 'undoing' | 'naming'): Promise<FileNames | undefined> {
  const tx = db.transaction('kv', 'readwrite', { durability: 'strict' });
  const kv = kvIn(tx);
  const now = await kv.get(STATE);
  let state = now;
  if (to === 'undoing' && now?.state === 'named') state = { ...now, state: 'undoing', done: 0 };
  if (to === 'naming' && now?.state === 'undone') state = NOT_BEGUN;
  if (state && state !== now) await kv.put(state, STATE);
  await tx.done;
  return state;
}

async function dismiss(db: WorkspaceDb): Promise<void> {
  const tx = db.transaction('kv', 'readwrite', { durability: 'strict' });
  const now = await kvIn(tx).get(STATE);
  if (now) await kvIn(tx).put({ ...now, dismissed: true }, STATE);
  await tx.done;
}
