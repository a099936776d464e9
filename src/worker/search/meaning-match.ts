import type { StoredPassage } from '../../storage/schema.ts';
import type { NoteRow, UnsignedColumnOf, VectorSlot } from './branded-numbers.ts';
import { type Scale, spreadScale } from './fuse.ts';
import type { IndexedNote, VectorIndex } from './vectors.ts';

export interface MeaningHit {
  passage: StoredPassage;
  /** Cosine of query and passage, both centred, on the model's own scale. */
  cosine: number;
  /** The same, less what the best of a note's many passages gains by chance. */
  score: number;
}

/** Centred cosines by a dot product and the slot it is of. */
export interface OnScale {
  /** By the mean that notes are ranked with. */
  ranked(dot: number, slot: VectorSlot): number;
  /** By the mean that the model's own scale was made with. */
  own(dot: number, slot: VectorSlot): number;
}

/**
 * Share of the gain by chance (of the best of many passages) that is taken off; measured in
 * docs/RANKING.md.
 */
const CHANCE_WEIGHT = 0.35;
/** The nearest passages must belong to this many notes, or all are compared. */
const LEAST_NOTES = 40;

/** How near each note is to a query, in the order of the index's row of notes. */
export class MeaningMatch {
  readonly notes: readonly IndexedNote[];
  /** The best passage's place in the note's list; −1: the note takes no part, or is not known. */
  readonly best: Int32Array;
  /** As in `MeaningHit`, for notes that are known. */
  readonly cosines: Float32Array;
  readonly scores: Float32Array;
  /** How many take part. */
  size = 0;
  /** Not all are known: `compareMore` tells of more. */
  partial = false;
  /** The others are hardly above this, before the gain by chance is taken off. */
  #unknownAtMost = 0;
  readonly #vectors: VectorIndex;
  readonly #query: Float32Array;
  readonly #scale: OnScale;
  readonly #skip: string | undefined;
  /** `VectorIndex.changes` when it was made. */
  readonly #at: number;
  /** Of the notes' best passages, before and after the gain by chance is taken off. */
  #deviation = 0;
  #spread = { mean: 0, deviation: 0 };

  constructor(vectors: VectorIndex, query: Float32Array, scale: OnScale, skip: string | undefined) {
    this.#vectors = vectors;
    this.#query = query;
    this.#scale = scale;
    this.#skip = skip;
    this.#at = vectors.changes;
    this.notes = vectors.row;
    this.best = new Int32Array(this.notes.length).fill(-1);
    this.cosines = new Float32Array(this.notes.length);
    this.scores = new Float32Array(this.notes.length);
  }

  /** The best passage of the note in a row; undefined where none was compared. */
  hitAt(r: NoteRow): MeaningHit | undefined {
    const passage = this.notes[r]?.passages[this.best[r]!];
    return passage && { passage, cosine: this.cosines[r]!, score: this.scores[r]! };
  }

  /** Every note that was compared, in rows' order. */
  *[Symbol.iterator](): Generator<[note: string, hit: MeaningHit]> {
    for (let r = 0 as NoteRow; r < this.notes.length; r++) {
      const hit = this.hitAt(r);
      if (hit) yield [this.notes[r]!.id, hit];
    }
  }

  /** How the scores lie among `population` notes; one that is not embedded counts as their mean. */
  scale(population: number): Scale {
    return spreadScale(this.#spread, this.size, population);
  }

  /** Compares every passage. */
  takeAll(): void {
    const dots = this.#vectors.scan(this.#query);
    const known: NoteRow[] = [];
    for (let r = 0 as NoteRow; r < this.notes.length; r++) {
      const { slots } = this.notes[r]!;
      this.#take(r, (i) => dots[slots[i]!]!);
      if (this.best[r]! >= 0) known.push(r);
    }
    this.size = known.length;
    this.#settle(known, known);
  }

  /**
   * Compares the notes of the passages that the sign bits call nearest, and some evenly taken.
   * @param count how many of the nearest
   * @param sampled how many notes, which also tell how the scores of all are spread
   * @param filter slots that can be in the answer; all when absent
   * @returns false where the nearest passages are of too few notes to rank by
   */
  takeNearest(count: number, sampled: number, filter: Uint8Array | undefined): boolean {
    const { notes, best } = this;
    const vectors = this.#vectors;
    const rows = new Set<NoteRow>();
    const { slots, dots } = vectors.nearest(this.#query, count, filter);
    const last = slots.length - 1;
    if (last >= 0) this.#unknownAtMost = this.#scale.ranked(dots[last]!, slots[last]!);
    for (const slot of slots) for (const r of vectors.rowsAt(slot)) rows.add(r);
    const enough = slots.length < count || rows.size >= Math.min(LEAST_NOTES, notes.length);
    if (!enough) return false;
    const step = Math.max(1, Math.floor(notes.length / sampled));
    const sample: NoteRow[] = [];
    for (let r = 0 as NoteRow; r < notes.length; r = (r + step) as NoteRow) sample.push(r);
    for (const r of sample) rows.add(r);
    // All their passages: the index takes another mean off than the ranking does.
    this.#compare([...rows]);
    this.partial = true;
    this.size = notes.length;
    this.#settle(
      rows,
      sample.filter((r) => best[r]! >= 0),
    );
    return true;
  }

  /** The score of a note, or what it is at most while it is not known. */
  scoreAtMost(r: NoteRow): number {
    return this.best[r]! < 0 ? this.#unknownAtMost - this.#chanceOf(r) : this.scores[r]!;
  }

  /** Makes these notes known. Not after the index has changed: then they stay unknown. */
  compareMore(rows: Iterable<NoteRow>): void {
    if (!this.partial || this.#vectors.changes !== this.#at) return;
    const unknown = [...new Set(rows)].filter((r) => this.best[r]! < 0);
    this.#compare(unknown);
    for (const r of unknown) this.#takeOffChance(r);
  }

  #compare(rows: readonly NoteRow[]): void {
    const { notes } = this;
    const total = rows.reduce((sum, r) => sum + notes[r]!.slots.length, 0);
    const slots = new Uint32Array(total) as UnsignedColumnOf<VectorSlot>;
    let filled = 0;
    for (const r of rows) {
      slots.set(notes[r]!.slots, filled);
      filled += notes[r]!.slots.length;
    }
    const dots = this.#vectors.dotsAt(this.#query, slots);
    let from = 0;
    for (const r of rows) {
      this.#take(r, (i) => dots[from + i]!);
      from += notes[r]!.slots.length;
    }
  }

  /** Makes a note known by its best passage. @param dotAt the query's with its i-th passage */
  #take(r: NoteRow, dotAt: (i: number) => number): void {
    const { id, slots } = this.notes[r]!;
    let best = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; id !== this.#skip && i < slots.length; i++) {
      const cosine = Math.fround(this.#scale.ranked(dotAt(i), slots[i]!));
      if (cosine > most) {
        best = i;
        most = cosine;
      }
    }
    this.best[r] = best;
    if (best < 0) return;
    this.scores[r] = most;
    this.cosines[r] = this.#scale.own(dotAt(best), slots[best]!);
  }

  /** Takes off what the best of many gains by chance. @param telling notes that tell the spread */
  #settle(rows: Iterable<NoteRow>, telling: readonly NoteRow[]): void {
    this.#deviation = spreadOf(telling, this.scores).deviation;
    for (const r of rows) this.#takeOffChance(r);
    this.#spread = spreadOf(telling, this.scores);
  }

  #takeOffChance(r: NoteRow): void {
    if (this.best[r]! < 0) return;
    this.scores[r]! -= this.#chanceOf(r);
  }

  #chanceOf(r: NoteRow): number {
    return CHANCE_WEIGHT * this.#deviation * expectedBest(this.notes[r]!.passages.length);
  }
}

function spreadOf(rows: readonly NoteRow[], scores: Float32Array) {
  let sum = 0;
  let squares = 0;
  for (const r of rows) {
    sum += scores[r]!;
    squares += scores[r]! ** 2;
  }
  const mean = sum / Math.max(1, rows.length);
  const variance = squares / Math.max(1, rows.length) - mean * mean;
  return { mean, deviation: Math.sqrt(Math.max(0, variance)) };
}

/** About how far above the mean the greatest of n normal values lies, in deviations. */
const expectedBest = (n: number): number => (n > 1 ? 0.8 * Math.sqrt(2 * Math.log(n)) : 0);
