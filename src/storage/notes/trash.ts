import type { WorkspaceDb } from '../db.ts';
import { readKv } from '../kv.ts';
import type { NoteMeta, NoteVersion, TrashedNote } from '../schema.ts';
import { UNUSED_SINCE } from './attachments.ts';
import { goesAt, STARTS, type TrashedAt } from './purge-plan.ts';

/** A note in the trash, without its text. Times are epoch ms. */
export interface TrashEntry extends TrashedAt {
  meta: NoteMeta;
  /** When it goes for good: at the first start after that. */
  goes: number;
}

/** How many bytes go by themselves, about: texts are counted as two bytes a UTF-16 unit. */
export interface Freeable {
  /** Deleted notes with their earlier versions. */
  trash: number;
  /** Images that nothing shows any more. */
  attachments: number;
}

/** Rows read in one request: each holds a whole text. */
const AT_ONCE = 50;

async function* allTrashed(db: WorkspaceDb): AsyncGenerator<TrashedNote> {
  for (let after: IDBKeyRange | undefined; ; ) {
    const some: TrashedNote[] = await db.getAll('trash', after, AT_ONCE);
    yield* some;
    const last = some.at(-1);
    if (some.length < AT_ONCE || !last) return;
    after = IDBKeyRange.lowerBound(last.id, true);
  }
}

/** When each deleted note was deleted, epoch ms, in no order; texts are not kept in memory. */
export async function trashedTimes(db: WorkspaceDb): Promise<TrashedAt[]> {
  const all: TrashedAt[] = [];
  for await (const { id, at } of allTrashed(db)) all.push({ id, at });
  return all;
}

/** What is in the trash, last deleted first. @param now epoch ms */
export async function listTrash(db: WorkspaceDb, now: number): Promise<TrashEntry[]> {
  const since = (await readKv(db, STARTS))?.since ?? now;
  const all: TrashEntry[] = [];
  for await (const { id, at, meta } of allTrashed(db)) {
    all.push({ id, at, meta, goes: goesAt(at, since) });
  }
  return all.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}

/** About what the trash and unused images take. */
export async function freeable(db: WorkspaceDb): Promise<Freeable> {
  let units = 0;
  for await (const { id, meta, text } of allTrashed(db)) {
    units += meta.title.length + text.length;
    const versions: NoteVersion[] = await db.getAllFromIndex('versions', 'note', id);
    for (const version of versions) units += version.title.length + version.text.length;
  }
  let attachments = 0;
  const unused = (await readKv(db, UNUSED_SINCE)) ?? {};
  for (const id of Object.keys(unused)) {
    attachments += (await db.get('attachments', id))?.bytes.byteLength ?? 0;
  }
  return { trash: 2 * units, attachments };
}
