import type { PassageList, StoredPassage } from '../../storage/schema.ts';
import type { Quantised } from '../model/quantise.ts';
import type { ColumnOf, NoteRow, UnsignedColumnOf, VectorSlot } from './branded-numbers.ts';
import { openVectorStore } from './kernel/open-store.ts';
import type { Found, VectorStore } from './kernel/vector-store.ts';

type FoundVectors = Found & { slots: UnsignedColumnOf<VectorSlot> };

export interface IndexedNote {
  id: string;
  revision: number;
  passages: StoredPassage[];
  /** The slot of each passage. */
  slots: UnsignedColumnOf<VectorSlot>;
}

/** Vectors removed before the memory may be compacted. */
const COMPACT_AFTER = 1024;
/** Changes remembered one by one, at least; who is further behind reads everything. */
const CHANGES_KEPT = 4_096;
/** Search by the centred measure, as ranking does. */
const CENTRED = { measure: 'centred' } as const;

/**
 * The resident index: which notes hold which passages, and their vectors in a `VectorStore`. Equal
 * passages share a slot.
 */
export class VectorIndex {
  readonly dimensions: number;
  /** Rises whenever a slot may hold another vector. */
  changes = 0;
  /** The slots of the last changes, one each, newest last. */
  readonly #changed: VectorSlot[] = [];
  readonly #store: VectorStore;
  readonly #slots = new Map<string, VectorSlot>();
  /** By slot: the notes that hold it, one entry a passage; none before the first. */
  readonly #holders: (string[] | undefined)[] = [];
  readonly #hashes: string[] = [];
  readonly #notes = new Map<string, IndexedNote>();
  /** The same in a row; made again after notes came or went, never changed. */
  #row: readonly IndexedNote[] | null = null;
  /** Each note's place in it. */
  #rowOf: ReadonlyMap<string, NoteRow> | null = null;
  #passages = 0;
  #freed = 0;
  /** Reused, so that typing makes no garbage. */
  #scores = new Float32Array();

  constructor(dimensions: number, store: VectorStore = openVectorStore(dimensions)) {
    this.dimensions = dimensions;
    this.#store = store;
  }

  /** Passages of all notes; a vector that several share counts for each. */
  get passageCount(): number {
    return this.#passages;
  }

  /** Different vectors. */
  get slotsInUse(): number {
    return this.#slots.size;
  }

  /** Slots in use or free again: all are below this. */
  get slots(): number {
    return this.#store.slots;
  }

  /** The slots that got another vector since `changes` was `seen`; null when that is not known. */
  changedSince(seen: number): VectorSlot[] | null {
    const since = this.changes - seen;
    if (since > this.#changed.length) return null;
    return this.#changed.slice(this.#changed.length - since);
  }

  /** Whether a vector of this hash is resident. */
  has(hash: string): boolean {
    return this.#slots.has(hash);
  }

  /** Notes that have a passage list here, empty ones included. */
  ids(): string[] {
    return [...this.#notes.keys()];
  }

  /** Hashes that some note holds. */
  referenced(): ReadonlySet<string> {
    return new Set(this.#slots.keys());
  }

  /** A note's passages as last indexed. */
  note(id: string): { revision: number; passages: StoredPassage[] } | undefined {
    return this.#notes.get(id);
  }

  /**
   * Puts a note's passages in place of its former ones. `vectorOf` is asked only for hashes not
   * resident yet; passages it does not know, or whose vector is damaged, are left out.
   * @returns how many were left out.
   */
  setNote(
    list: Pick<PassageList, 'note' | 'revision' | 'passages'>,
    vectorOf: (hash: string) => Quantised | undefined,
  ): number {
    const kept: StoredPassage[] = [];
    const slots: VectorSlot[] = [];
    for (const passage of list.passages) {
      const slot = this.#slots.get(passage.hash) ?? this.#add(passage.hash, vectorOf);
      if (slot < 0) continue;
      const holders = this.#holders[slot];
      if (holders) holders.push(list.note);
      else this.#holders[slot] = [list.note];
      kept.push(passage);
      slots.push(slot);
    }
    // Only now the old ones go, so that what both share never left.
    this.#drop(list.note);
    const { note: id, revision } = list;
    this.#notes.set(id, {
      id,
      revision,
      passages: kept,
      slots: Uint32Array.from(slots) as UnsignedColumnOf<VectorSlot>,
    });
    this.#row = this.#rowOf = null;
    this.#passages += kept.length;
    this.#compactIfWorthwhile();
    return list.passages.length - kept.length;
  }

  /**
   * Makes a vector resident before any note that holds it: large reads come in an order of their
   * own.
   * @returns whether it can be used
   */
  preload(hash: string, vector: Quantised): boolean {
    return this.#slots.has(hash) || this.#add(hash, () => vector) >= 0;
  }

  /** Lets go of what was preloaded and is held by no note. */
  dropUnheld(): void {
    for (const [hash, slot] of this.#slots) {
      if (!this.#holders[slot]?.length) this.#free(hash, slot);
    }
    this.#compactIfWorthwhile();
  }

  /** Frees the vectors that no other note holds. */
  removeNote(id: string): void {
    this.#drop(id);
    this.#compactIfWorthwhile();
  }

  /**
   * The query's dot product with every slot, −Infinity for free ones: about 0.03 ms a thousand.
   * @returns an array of the index's own, valid until the next call
   */
  scan(query: Float32Array): Float32Array {
    const { slots } = this.#store;
    if (this.#scores.length < slots) this.#scores = new Float32Array(Math.ceil(slots * 1.25));
    const scores = this.#scores.subarray(0, slots);
    this.#store.scanAll(query, scores);
    return scores;
  }

  /** The `k` passages nearest to a query, best first, as `topK` of a `VectorStore`. */
  nearest(query: Float32Array, k: number, filter?: Uint8Array): FoundVectors {
    const options = filter ? ({ measure: 'centred', filter } as const) : CENTRED;
    return this.#store.topK(query, k, options) as FoundVectors;
  }

  /** The query's dot products with the vectors of some slots, in their order. */
  dotsAt(query: Float32Array, slots: ArrayLike<VectorSlot>): Float32Array {
    const dots = new Float32Array(slots.length);
    this.#store.dotsAt(query, slots, dots);
    return dots;
  }

  /** All notes; the array stays as it is when notes come or go. */
  get row(): readonly IndexedNote[] {
    this.#row ??= [...this.#notes.values()];
    return this.#row;
  }

  /** The places in `row` of the notes that hold a slot; one is named once for each such passage. */
  *rowsAt(slot: VectorSlot): Generator<NoteRow> {
    this.#rowOf ??= new Map(this.row.map(({ id }, r) => [id, r as NoteRow]));
    for (const id of this.#holders[slot] ?? []) yield this.#rowOf.get(id)!;
  }

  /** The slots of some notes, as the filter of a search. */
  bitmapOf(wanted: (note: string) => boolean): Uint8Array {
    const bits = new Uint8Array((this.slots + 7) >> 3);
    for (const { id, slots } of this.row) {
      if (wanted(id)) for (const slot of slots) bits[slot >> 3]! |= 1 << (slot & 7);
    }
    return bits;
  }

  /** Mean of a note's vectors, unit length; undefined when it has none. */
  meanOf(id: string): Float32Array | undefined {
    const slots = this.#notes.get(id)?.slots;
    if (!slots?.length) return undefined;
    const mean = new Float32Array(this.dimensions);
    const vector = new Float32Array(this.dimensions);
    for (const slot of slots) {
      this.#store.read(slot, vector);
      for (let i = 0; i < mean.length; i++) mean[i] = mean[i]! + vector[i]!;
    }
    const length = Math.hypot(...mean) || 1;
    return mean.map((x) => x / length);
  }

  /**
   * A note's mean, and the vectors of at most `most` of its passages, evenly taken: unit length. Of
   * a note of one passage only that; none when it has no vectors.
   */
  representativeVectors(id: string, most: number): Float32Array[] {
    const mean = this.meanOf(id);
    const slots = this.#notes.get(id)?.slots ?? [];
    if (!mean) return [];
    if (slots.length === 1) return [mean];
    const count = Math.min(most, slots.length);
    const passages = Array.from({ length: count }, (_, i) => {
      const vector = new Float32Array(this.dimensions);
      this.#store.read(slots[Math.floor((i * slots.length) / count)]!, vector);
      return vector;
    });
    return [mean, ...passages];
  }

  /** Mean of about `sample` of all vectors, evenly taken; not of unit length. */
  meanOfAll(sample = 20_000): Float32Array {
    return this.#store.meanOfAll(sample);
  }

  /**
   * What `centred` subtracts; the sign bits are of vectors less this too. Vectors already here are
   * brought after it by `recode`, while searches go on.
   */
  setMean(mean: Float32Array): void {
    this.#store.setMean(mean);
  }

  /** Brings about 4,096 vectors, under 1 ms of work, to the newest mean. @returns done */
  recode(): boolean {
    return this.#store.recode(4096);
  }

  #add(hash: string, vectorOf: (hash: string) => Quantised | undefined): VectorSlot {
    const vector = vectorOf(hash);
    const slot = (vector ? this.#store.add(vector.codes, vector.scale) : -1) as VectorSlot;
    if (slot < 0) return slot;
    this.#noteChange(slot);
    this.#slots.set(hash, slot);
    this.#hashes[slot] = hash;
    this.#holders[slot] = undefined;
    return slot;
  }

  #noteChange(slot: VectorSlot): void {
    this.changes++;
    if (this.#changed.length >= 2 * CHANGES_KEPT) this.#changed.splice(0, CHANGES_KEPT);
    this.#changed.push(slot);
  }

  #drop(id: string): void {
    const note = this.#notes.get(id);
    if (!note) return;
    for (const slot of note.slots) {
      const holders = this.#holders[slot]!;
      // The first entry is the oldest: the one of the passages that go.
      holders.splice(holders.indexOf(id), 1);
      if (holders.length > 0) continue;
      this.#free(this.#hashes[slot]!, slot);
    }
    this.#passages -= note.passages.length;
    this.#notes.delete(id);
    this.#row = this.#rowOf = null;
  }

  #free(hash: string, slot: VectorSlot): void {
    this.#store.remove(slot);
    this.#slots.delete(hash);
    this.#freed++;
  }

  #compactIfWorthwhile(): void {
    if (this.#freed < COMPACT_AFTER) return;
    this.#freed = 0;
    const moved = this.#store.compact() as ColumnOf<VectorSlot> | null;
    if (!moved) return;
    this.changes++;
    this.#changed.length = 0;
    for (const [hash, slot] of this.#slots) {
      this.#slots.set(hash, moved[slot]!);
    }
    // Slots only move down, in order, so none is overwritten before it is read.
    for (let slot = 0 as VectorSlot; slot < moved.length; slot++) {
      const to = moved[slot]!;
      if (to < 0) continue;
      this.#hashes[to] = this.#hashes[slot]!;
      this.#holders[to] = this.#holders[slot];
    }
    this.#hashes.length = this.#holders.length = this.#store.slots;
    for (const note of this.#notes.values())
      note.slots = note.slots.map((slot) => moved[slot]!) as typeof note.slots;
  }
}
