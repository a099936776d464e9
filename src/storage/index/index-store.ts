import { type CounterDeltas, readCounters } from '../counters.ts';
import { type ConnectionEvents, openWorkspaceDb } from '../db.ts';
import { type KvSchema, kvIn, readKv } from '../kv.ts';
import type {
  CounterName,
  GenerationId,
  NoteMeta,
  PassageList,
  QuarantinedNote,
  StoredVector,
} from '../schema.ts';
import { type CommitRequest, type CommitResult, commitNotes } from './commit.ts';
import {
  dropUnused,
  finishBuilding,
  forgetPrevious,
  type Generation,
  type Generations,
  readGenerations,
  retarget,
} from './generations.ts';
import { fromRow } from './passage-row.ts';
import {
  type Begun,
  beginNotes,
  duePending,
  requeue,
  requeueQuarantined,
  startRebuild,
} from './pending.ts';
import { quarantineNotes } from './quarantine.ts';
import { type Defects, repair } from './repair.ts';
import {
  type Codes,
  type ReadTx,
  type Segment,
  type SegmentSizes,
  Segments,
  type VectorEntry,
  within,
} from './segments.ts';
import { type StoredSizes, storedSizes } from './sizes.ts';
import {
  collectGarbage,
  collectUnlisted,
  knownHashes,
  putVectors,
  readVectors,
  vectorHashes,
} from './vectors.ts';

/** What the worker remembers of one workspace: everything beside the notes themselves. */
export interface IndexStore {
  /** Takes the lease: raises the epoch, so that an older leader's commits are refused. */
  takeLease(): Promise<number>;
  /** Which vectors there are, and what they are for; `first` when nothing is remembered yet. */
  generations(first: Generation): Promise<Generations>;
  /** Notes are embedded for `target` from now on; see there. */
  retarget(target: Generation, first: Generation, now: number): Promise<Generations>;
  /** The swap, once nothing is pending. @throws FindlingError `lease-lost` */
  finishBuilding(epoch: number): Promise<boolean>;
  /** Drops the previous generation, to make room. @returns whether there was one */
  forgetPrevious(): Promise<boolean>;
  dropUnused(): Promise<void>;
  pendingCount(): Promise<number>;
  /** Pending notes that are due: older than `quietMs`, urgent, or from a clock since moved back. */
  duePending(
    now: number,
    quietMs: number,
    limit: number,
    skip: ReadonlySet<string>,
  ): Promise<string[]>;
  /** Writes the attempt down before the work is tried, then reads what it needs. */
  beginNotes(gen: GenerationId, ids: string[]): Promise<Begun>;
  knownHashes(gen: GenerationId, hashes: string[]): Promise<Set<string>>;
  putVectors(
    gen: GenerationId,
    entries: VectorEntry[],
    deltas: CounterDeltas,
    progressed: string[],
  ): Promise<void>;
  commit(request: CommitRequest): Promise<CommitResult>;
  quarantineNotes(
    gen: GenerationId,
    notes: Omit<QuarantinedNote, 'at'>[],
    at: number,
  ): Promise<void>;
  requeue(ids: string[], now: number): Promise<void>;
  requeueQuarantined(now: number): Promise<string[]>;
  /** @returns notes that became pending */
  repair(gen: GenerationId, defects: Defects, now: number): Promise<string[]>;
  startRebuild(gen: GenerationId, now: number): Promise<void>;
  quarantined(): Promise<(QuarantinedNote & { title: string })[]>;
  collectGarbage(gen: GenerationId, unreferenced: string[], epoch: number): Promise<number>;
  /** The same of all that no stored list of the generation names: for one that is not searched. */
  collectUnlisted(gen: GenerationId, epoch: number): Promise<number>;
  vectorHashes(gen: GenerationId): Promise<string[]>;

  /** Up to `limit` passage lists after note `after`, in key order. */
  passageLists(gen: GenerationId, after: string | null, limit: number): Promise<PassageList[]>;
  passageList(gen: GenerationId, note: string): Promise<PassageList | undefined>;
  /** The codes may be views of whole segments: what is kept must be copied. */
  vectors(gen: GenerationId, hashes: string[]): Promise<(Codes | undefined)[]>;
  /** All vectors, in large reads: those in segments after segment `after`, oldest first … */
  segments(gen: GenerationId, after: number, limit: number): Promise<Segment[]>;
  segmentIds(gen: GenerationId): Promise<number[]>;
  /** … and those outside segments, after hash `after`. */
  vectorsApart(gen: GenerationId, after: string | null, limit: number): Promise<StoredVector[]>;
  /**
   * Packs vectors into segments until `stop`. @returns how many were written.
   * @throws FindlingError `lease-lost`
   */
  pack(gen: GenerationId, dimensions: number, epoch: number, stop: () => boolean): Promise<number>;

  noteCount(): Promise<number>;
  noteIds(): Promise<string[]>;
  noteMetas(): Promise<NoteMeta[]>;
  /** Notes that are pending, or quarantined. */
  notIndexed(): Promise<Set<string>>;
  /** Text lengths, UTF-16 units; 0 for a note that is gone. */
  noteSizes(ids: string[]): Promise<number[]>;
  notes(ids: string[]): Promise<({ meta: NoteMeta; text: string } | undefined)[]>;

  /**
   * The snapshot of the keyword index as last stored, whatever its shape; and what it is replaced
   * by.
   */
  keywordSnapshot(): Promise<unknown>;
  putKeywordSnapshot(snapshot: unknown): Promise<void>;
  sizes(): Promise<StoredSizes>;

  counters(): Promise<Record<CounterName, number>>;
  /** One key of `kv`; set to undefined, it is as if nothing had been set. */
  get<K extends keyof KvSchema>(key: K): Promise<KvSchema[K] | undefined>;
  set<K extends keyof KvSchema>(key: K, value: KvSchema[K] | undefined): Promise<void>;
  close(): void;
}

/** The database must be there: the page creates it. @throws FindlingError as `openWorkspaceDb` */
export async function openIndexStore(
  workspace: string,
  events: ConnectionEvents = {},
  sizes?: SegmentSizes,
): Promise<IndexStore> {
  const db = await openWorkspaceDb(workspace, events);
  const segments = new Segments(sizes);
  return {
    async takeLease() {
      const tx = db.transaction('kv', 'readwrite', { durability: 'strict' });
      const kv = kvIn(tx);
      const epoch = ((await kv.get('epoch')) ?? 0) + 1;
      await kv.put(epoch, 'epoch');
      await tx.done;
      return epoch;
    },
    generations: async (first) => {
      const tx = db.transaction('kv');
      return readGenerations(kvIn(tx), first);
    },
    retarget: (target, first, now) => retarget(db, target, first, now),
    finishBuilding: (epoch) => finishBuilding(db, epoch),
    forgetPrevious: () => forgetPrevious(db),
    dropUnused: () => dropUnused(db),
    pendingCount: () => db.count('pending'),
    duePending: (now, quietMs, limit, skip) => duePending(db, now, quietMs, limit, skip),
    beginNotes: (gen, ids) => beginNotes(db, gen, ids),
    knownHashes: (gen, hashes) => knownHashes(db, segments, gen, hashes),
    putVectors: (gen, entries, deltas, progressed) =>
      putVectors(db, gen, entries, deltas, progressed),
    commit: (request) => commitNotes(db, request),
    quarantineNotes: (gen, notes, at) => quarantineNotes(db, gen, notes, at),
    requeue: (ids, now) => requeue(db, ids, now),
    repair: (gen, defects, now) => repair(db, segments, gen, defects, now),
    requeueQuarantined: (now) => requeueQuarantined(db, now),
    startRebuild: (gen, now) => startRebuild(db, segments, gen, now),
    async quarantined() {
      const tx = db.transaction(['quarantine', 'notes']);
      const all = await tx.objectStore('quarantine').getAll();
      return Promise.all(
        all.map(async (entry) => ({
          ...entry,
          title: (await tx.objectStore('notes').get(entry.note))?.title ?? '',
        })),
      );
    },
    collectGarbage: (gen, unreferenced, epoch) =>
      collectGarbage(db, segments, gen, unreferenced, epoch),
    collectUnlisted: (gen, epoch) => collectUnlisted(db, segments, gen, epoch),
    vectorHashes: (gen) => vectorHashes(db, segments, gen),
    passageLists: async (gen, from, limit) =>
      (await db.getAll('passages', within(gen, from), limit)).map(fromRow),
    async passageList(gen, note) {
      const row = await db.get('passages', [gen, note]);
      return row && fromRow(row);
    },
    vectors: (gen, hashes) => readVectors(db, segments, gen, hashes),
    segments: (gen, from, limit) =>
      segments.read(
        db.transaction(['segments', 'segmentVectors']) as unknown as ReadTx,
        gen,
        from,
        limit,
      ),
    async segmentIds(gen) {
      return (await db.getAllKeys('segments', within(gen))).map(([, id]) => id);
    },
    vectorsApart: (gen, from, limit) => db.getAll('vectors', within(gen, from), limit),
    pack: (gen, dimensions, epoch, stop) => segments.pack(db, gen, dimensions, epoch, stop),

    noteCount: () => db.count('notes'),
    noteIds: () => db.getAllKeys('notes'),
    noteMetas: () => db.getAll('notes'),
    async notIndexed() {
      const tx = db.transaction(['pending', 'quarantine']);
      const keys = await Promise.all([
        tx.objectStore('pending').getAllKeys(),
        tx.objectStore('quarantine').getAllKeys(),
      ]);
      return new Set(keys.flat());
    },
    async noteSizes(ids) {
      const tx = db.transaction('notes');
      return Promise.all(ids.map(async (id) => (await tx.store.get(id))?.size ?? 0));
    },
    async notes(ids) {
      const tx = db.transaction(['notes', 'bodies']);
      return Promise.all(
        ids.map(async (id) => {
          const [meta, body] = await Promise.all([
            tx.objectStore('notes').get(id),
            tx.objectStore('bodies').get(id),
          ]);
          return meta && { meta, text: body?.text ?? '' };
        }),
      );
    },
    keywordSnapshot: () => db.get('keyword', 'image'),
    sizes: () => storedSizes(db),
    async putKeywordSnapshot(snapshot) {
      const tx = db.transaction('keyword', 'readwrite');
      await tx.store.put(snapshot, 'image');
      await tx.done;
    },
    counters: () => readCounters(db),
    get: (key) => readKv(db, key),
    async set(key, value) {
      const tx = db.transaction('kv', 'readwrite');
      await tx.store.put(value, key);
      await tx.done;
    },
    close: () => db.close(),
  };
}
