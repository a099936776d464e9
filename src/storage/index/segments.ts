import type { IDBPTransaction, StoreNames } from 'idb';
import type { WorkspaceDb } from '../db.ts';
import { kvIn } from '../kv.ts';
import type {
  GenerationId,
  PassageRow,
  SegmentVectors,
  StoredVector,
  WorkspaceSchema,
} from '../schema.ts';
import { bytesOf, HASH_BYTES, hashesIn, placeOf } from './hash-bytes.ts';
import { checkLease } from './lease.ts';

/**
 * Vectors in a segment at most: a megabyte at 512 dimensions. In pieces of a quarter of that they
 * take nearly twice as long to read.
 */
export const SEGMENT_VECTORS = 2_048;
/** Vectors in a new segment at least. */
export const LEAST_PACKED = 512;
/** Segments kept in memory after a look-up: neighbours in an export are in one segment. */
const REMEMBERED = 4;
/** Passage lists read at once. */
const LISTS_AT_ONCE = 500;

/** The stores of vectors: single ones, as they are made, and segments. */
export const VECTOR_STORES = ['vectors', 'segments', 'segmentVectors'] as const;

/** A transaction over the stores above, whichever others it is over too. */
export type ReadTx = IDBPTransaction<WorkspaceSchema, StoreNames<WorkspaceSchema>[], 'readonly'>;
/** The same to write in; `kv` is among its stores. */
export type WriteTx = IDBPTransaction<WorkspaceSchema, StoreNames<WorkspaceSchema>[], 'readwrite'>;

/** A generation's rows after a key, in a store whose keys begin with the generation. */
export const within = (gen: GenerationId, after: string | number | null = null): IDBKeyRange =>
  IDBKeyRange.bound(after === null ? [gen] : [gen, after], [gen, []], true, true);

/** Whether a stored vector can be used. */
export const isWhole = (
  { codes, scale }: { codes: unknown; scale: unknown },
  dimensions: number,
): boolean =>
  codes instanceof Int8Array &&
  codes.length === dimensions &&
  typeof scale === 'number' &&
  Number.isFinite(scale) &&
  scale > 0;

/** Vectors in a segment. */
export interface SegmentSizes {
  most: number;
  /** Fewer stay single. */
  least: number;
  /** What is left of a segment becomes single vectors when it is fewer than this. */
  fewest: number;
}

/** As shipped; tests have smaller ones. */
const SIZES: SegmentSizes = { most: SEGMENT_VECTORS, least: LEAST_PACKED, fewest: 64 };

export type Codes = Pick<StoredVector, 'codes' | 'scale'>;

export interface VectorEntry extends Codes {
  hash: string;
}

/** A segment's vectors, with the hash of each. */
export interface Segment extends SegmentVectors {
  hashes: string[];
}

/** Where a vector lies: its segment, and its place there. */
interface Place {
  id: number;
  at: number;
}

/**
 * Finds vectors in segments. It remembers every segment's hashes, 16 bytes a vector: they never
 * change, so that a look at the list of segments tells whether it is still right.
 */
export class Segments {
  readonly #heads = new Map<string, Map<number, Uint8Array>>();
  /** Lately read, the newest last. */
  readonly #vectors = new Map<string, SegmentVectors>();
  readonly #sizes: SegmentSizes;

  constructor(sizes: SegmentSizes = SIZES) {
    this.#sizes = sizes;
  }

  /** Which of these lie in a segment, and where; the newest, should it be in several. */
  async find(
    tx: ReadTx | WriteTx,
    gen: GenerationId,
    hashes: string[],
  ): Promise<Map<string, Place>> {
    const found = new Map<string, Place>();
    if (hashes.length === 0) return found;
    const heads = [...(await this.#headsOf(tx, gen))].reverse();
    for (const hash of hashes) {
      const wanted = bytesOf(hash);
      if (!wanted) continue;
      for (const [id, all] of heads) {
        const at = placeOf(wanted, all);
        if (at < 0) continue;
        found.set(hash, { id, at });
        break;
      }
    }
    return found;
  }

  /** All hashes of a generation that lie in segments, in no order. */
  async hashes(tx: ReadTx | WriteTx, gen: GenerationId): Promise<string[]> {
    const heads = await this.#headsOf(tx, gen);
    return [...heads.values()].flatMap(hashesIn);
  }

  /**
   * Those of these vectors that are in segments. The codes are views of whole segments: copy what
   * is kept.
   */
  async vectors(tx: ReadTx, gen: GenerationId, hashes: string[]): Promise<Map<string, Codes>> {
    const places = await this.find(tx, gen, hashes);
    const ids = [...new Set([...places.values()].map(({ id }) => id))];
    const segments = new Map(
      await Promise.all(ids.map(async (id) => [id, await this.#vectorsOf(tx, gen, id)] as const)),
    );
    const found = new Map<string, Codes>();
    for (const [hash, { id, at }] of places) {
      const segment = segments.get(id);
      if (segment) found.set(hash, vectorIn(segment, at));
    }
    return found;
  }

  /** Up to `limit` segments after segment `after`, oldest first, whole: for reading all. */
  async read(tx: ReadTx, gen: GenerationId, after: number, limit: number): Promise<Segment[]> {
    const heads = await this.#headsOf(tx, gen);
    const all = await tx.objectStore('segmentVectors').getAll(within(gen, after), limit);
    return all.map((one) => ({ ...one, hashes: hashesIn(heads.get(one.id) ?? new Uint8Array()) }));
  }

  /** Deletes vectors wherever they lie. The rest of a segment is written as a new one. */
  async remove(tx: WriteTx, gen: GenerationId, hashes: string[]): Promise<void> {
    for (const hash of hashes) {
      void tx.objectStore('vectors').delete([gen, hash]);
    }
    await this.#takeOut(tx, gen, hashes);
  }

  /** Deletes all vectors of a generation. */
  async clear(tx: WriteTx, gen: GenerationId): Promise<void> {
    for (const name of VECTOR_STORES) await tx.objectStore(name).delete(within(gen));
  }

  /**
   * Packs single vectors into segments, in the order of the notes, as long as there are
   * enough for one. One transaction a segment.
   * @param stop asked between two segments
   * @returns how many segments were written
   * @throws FindlingError `lease-lost`
   */
  async pack(
    db: WorkspaceDb,
    gen: GenerationId,
    dimensions: number,
    epoch: number,
    stop: () => boolean,
  ): Promise<number> {
    const { most, least } = this.#sizes;
    if ((await db.count('vectors', within(gen))) < least) return 0;
    const apart = new Set((await db.getAllKeys('vectors', within(gen))).map(([, hash]) => hash));
    let batch: string[] = [];
    let written = 0;
    for (let after: string | null = null; ; ) {
      const lists: PassageRow[] = await db.getAll('passages', within(gen, after), LISTS_AT_ONCE);
      for (const { hashes } of lists) {
        for (const hash of hashesIn(hashes)) {
          if (!apart.delete(hash)) continue;
          batch.push(hash);
          if (batch.length < most) continue;
          if (stop()) return written;
          if (await this.#packSome(db, gen, batch, dimensions, epoch)) written++;
          batch = [];
        }
      }
      const last = lists.at(-1);
      if (!last) break;
      after = last.note;
    }
    if (batch.length < least || stop()) return written;
    return written + Number(await this.#packSome(db, gen, batch, dimensions, epoch));
  }

  async #packSome(
    db: WorkspaceDb,
    gen: GenerationId,
    hashes: string[],
    dimensions: number,
    epoch: number,
  ): Promise<boolean> {
    const tx = db.transaction([...VECTOR_STORES, 'kv'], 'readwrite') as unknown as WriteTx;
    await checkLease(tx, epoch);
    const rows = await Promise.all(
      hashes.map(async (hash) => {
        const vector = await tx.objectStore('vectors').get([gen, hash]);
        // What is damaged stays where the next check finds it.
        const usable = vector && bytesOf(hash) && isWhole(vector, dimensions);
        return usable ? { hash, codes: vector.codes, scale: vector.scale } : null;
      }),
    );
    const good = rows.filter((row) => row !== null);
    if (good.length > 0) {
      // One that was made again may lie in an older segment, damaged.
      await this.remove(
        tx,
        gen,
        good.map(({ hash }) => hash),
      );
      await write(tx, gen, good);
    }
    await tx.done;
    return good.length > 0;
  }

  async #takeOut(tx: WriteTx, gen: GenerationId, hashes: string[]): Promise<void> {
    // Again and again, for one may lie in several.
    for (;;) {
      const found = await this.find(tx, gen, hashes);
      if (found.size === 0) return;
      const gone = new Set(found.keys());
      for (const id of new Set([...found.values()].map(({ id }) => id))) {
        await this.#rewrite(tx, gen, id, gone);
      }
    }
  }

  async #rewrite(
    tx: WriteTx,
    gen: GenerationId,
    id: number,
    gone: ReadonlySet<string>,
  ): Promise<void> {
    const key: [GenerationId, number] = [gen, id];
    const [head, vectors] = await Promise.all([
      tx.objectStore('segments').get(key),
      tx.objectStore('segmentVectors').get(key),
    ]);
    const rest: VectorEntry[] = [];
    for (const [at, hash] of (head && vectors ? hashesIn(head.hashes) : []).entries()) {
      if (!gone.has(hash)) rest.push({ hash, ...vectorIn(vectors!, at) });
    }
    for (const name of ['segments', 'segmentVectors'] as const) {
      await tx.objectStore(name).delete(key);
    }
    if (rest.length >= this.#sizes.fewest) return write(tx, gen, rest);
    for (const { hash, codes, scale } of rest) {
      // A view would be stored with all that lies behind it.
      await tx.objectStore('vectors').put({ gen, hash, codes: codes.slice(), scale });
    }
  }

  /** Oldest first. */
  async #headsOf(tx: ReadTx | WriteTx, gen: GenerationId): Promise<Map<number, Uint8Array>> {
    const store = (tx as ReadTx).objectStore('segments');
    const ids = (await store.getAllKeys(within(gen))).map(([, id]) => id);
    const known = this.#heads.get(gen);
    const heads = new Map<number, Uint8Array>();
    const missing = ids.filter((id) => !known?.has(id));
    const first = missing[0];
    // They are numbered upwards, so what is new is together at the end.
    const read = first === undefined ? [] : await store.getAll(within(gen, first - 0.5));
    const news = new Map(read.map(({ id, hashes }) => [id, hashes]));
    for (const id of ids) heads.set(id, known?.get(id) ?? news.get(id)!);
    // What a transaction writes may yet be taken back, and its numbers given again.
    if (tx.mode === 'readonly') this.#heads.set(gen, heads);
    return heads;
  }

  async #vectorsOf(tx: ReadTx, gen: GenerationId, id: number): Promise<SegmentVectors | undefined> {
    const key = `${gen} ${id}`;
    const segment =
      this.#vectors.get(key) ?? (await tx.objectStore('segmentVectors').get([gen, id]));
    this.#vectors.delete(key);
    if (segment) this.#vectors.set(key, segment);
    const [oldest] = this.#vectors.keys();
    if (oldest !== undefined && this.#vectors.size > REMEMBERED) this.#vectors.delete(oldest);
    return segment;
  }
}

async function write(tx: WriteTx, gen: GenerationId, rows: VectorEntry[]): Promise<void> {
  const kv = kvIn(tx);
  const id = ((await kv.get('segment')) ?? 0) + 1;
  await kv.put(id, 'segment');
  const sorted = rows.toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
  const dimensions = sorted[0]!.codes.length;
  const hashes = new Uint8Array(sorted.length * HASH_BYTES);
  const codes = new Int8Array(sorted.length * dimensions);
  for (const [i, row] of sorted.entries()) {
    hashes.set(bytesOf(row.hash)!, i * HASH_BYTES);
    codes.set(row.codes, i * dimensions);
  }
  const scales = Float32Array.from(sorted, ({ scale }) => scale);
  await Promise.all([
    tx.objectStore('segments').put({ gen, id, hashes }),
    tx.objectStore('segmentVectors').put({ gen, id, codes, scales }),
  ]);
}

/** @returns views, valid as long as the segment is. */
export function vectorIn(
  { codes, scales }: Pick<SegmentVectors, 'codes' | 'scales'>,
  at: number,
): Codes {
  const dimensions = codes.length / Math.max(1, scales.length);
  return { codes: codes.subarray(at * dimensions, (at + 1) * dimensions), scale: scales[at]! };
}
