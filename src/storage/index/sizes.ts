import type { StoreNames } from 'idb';
import type { WorkspaceDb } from '../db.ts';
import type { NoteMeta, WorkspaceSchema } from '../schema.ts';
import { VECTOR_STORES } from './segments.ts';

/** About how many bytes each kind of thing takes, before the database packs it. */
export interface StoredSizes {
  notes: number;
  /** Passages and their vectors: of all generations. */
  passages: number;
  keyword: number;
  attachments: number;
  /** Earlier texts, undo histories, deleted notes. */
  versions: number;
}

type Store = StoreNames<WorkspaceSchema>;

/** Records that are looked at in each store: the rest counts as being like them. */
const SAMPLE = 32;
/** Notes without texts read in one request. */
const METAS_AT_ONCE = 1_000;

/** Bytes by kind, estimated from samples; of texts exactly, by their lengths. */
export async function storedSizes(db: WorkspaceDb): Promise<StoredSizes> {
  const all = async (stores: Store[]): Promise<number> => {
    let bytes = 0;
    for (const store of stores) bytes += await sampled(db, store);
    return bytes;
  };
  return {
    notes: (await textUnits(db)) + (await all(['notes', 'links', 'originals'])),
    passages: await all(['passages', ...VECTOR_STORES]),
    keyword: await all(['keyword']),
    attachments: await all(['attachments', 'files']),
    versions: await all(['versions', 'undo', 'trash']),
  };
}

/** Texts differ too much in length for a sample, and their lengths are known. */
async function textUnits(db: WorkspaceDb): Promise<number> {
  let units = 0;
  let after: IDBKeyRange | null = null;
  for (;;) {
    const metas: NoteMeta[] = await db.getAll('notes', after, METAS_AT_ONCE);
    for (const { size } of metas) units += size;
    const last = metas.at(-1);
    if (metas.length < METAS_AT_ONCE || !last) return units;
    after = IDBKeyRange.lowerBound(last.id, true);
  }
}

async function sampled(db: WorkspaceDb, store: Store): Promise<number> {
  const tx = db.transaction(store);
  const count = await tx.store.count();
  const step = Math.max(1, Math.floor(count / SAMPLE));
  let seen = 0;
  let bytes = 0;
  for (let cursor = await tx.store.openCursor(); cursor; cursor = await cursor.advance(step)) {
    bytes += roughBytes(cursor.value);
    seen++;
    if (seen === SAMPLE && step > 1) break;
  }
  return seen === 0 ? 0 : Math.round((bytes / seen) * count);
}

/** Bytes that a number counts. */
const NUMBER = 8;

/**
 * As a browser stores it, more or less: one byte a letter where Latin letters are all there are.
 */
export function roughBytes(value: unknown): number {
  if (typeof value === 'string') {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: all of Latin-1 is one byte each
    return /^[\x00-\xff]*$/.test(value) ? value.length : 2 * value.length;
  }
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + roughBytes(one), 0);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).reduce((sum, [key, one]) => sum + key.length + roughBytes(one), 0);
  }
  return NUMBER;
}
