/** Results of one call at most. */
export const MAX_RESULTS = 4096;

/** How a query and a passage are compared. */
export type Measure =
  /** q·p: the cosine, as both are of unit length. */
  | 'raw'
  /** (q−m)·(p−m) / (|q−m| |p−m|), with m the mean that was set (the origin before that). */
  | 'centred';

export interface SearchOptions {
  measure?: Measure;
  /** A bit a slot (slot s is bit `s & 7` of byte `s >> 3`); slots beyond its end take no part. */
  filter?: Uint8Array;
  /** How many the sign bits let through to be scored; 0 scores all. Usual: by the size. */
  candidates?: number;
}

/** Best first, equal scores by slot. The arrays are the store's own, valid until its next call. */
export interface Found {
  slots: Uint32Array;
  /** By the measure that was asked for. */
  scores: Float32Array;
  /** q·p, whatever the measure. */
  dots: Float32Array;
}

/** Mean and standard deviation of the scores of `count` slots. */
export interface ScoreStats {
  count: number;
  mean: number;
  deviation: number;
}

/**
 * Vectors as int8 with a scale, in numbered slots: component i is `codes[i] * scale`. Slots are
 * given by `add`, and used again after `remove`. Nothing here throws on bad input: it says so.
 */
export interface VectorStore {
  readonly dimensions: number;
  /** Vectors held. */
  readonly size: number;
  /** Slots in use or free again: all are below this. */
  readonly slots: number;
  /** Memory taken, bytes. */
  readonly bytes: number;
  /** False while `recode` has work left. */
  readonly recoded: boolean;

  /** @returns the slot; −1 for a wrong length, a scale that is no finite number, or no memory. */
  add(codes: Int8Array, scale: number): number;
  /** @returns whether the slot was in use. */
  remove(slot: number): boolean;
  /** Writes the vector into `into`, `dimensions` long. */
  read(slot: number, into: Float32Array): void;

  /** Up to `k` (at most `MAX_RESULTS`) best; none for a query of a wrong length or not finite. */
  topK(query: Float32Array, k: number, options?: SearchOptions): Found;
  /**
   * The score of every slot into `into`, −Infinity where a slot takes no part, and what the scores
   * are like. `into` is at least `slots` long.
   */
  scanAll(query: Float32Array, into: Float32Array, options?: SearchOptions): ScoreStats;
  /** What the scores are like, from about `sample` slots evenly taken. */
  stats(query: Float32Array, sample: number, options?: SearchOptions): ScoreStats;
  /** q·p of some slots into `into`, as long as they are; 0 for a query that cannot be used. */
  dotsAt(query: Float32Array, slots: ArrayLike<number>, into: Float32Array): void;
  /** One slot's score, for the query of the last call. */
  score(slot: number, measure?: Measure): number;

  /** Mean of about `sample` of the vectors, evenly taken, not of unit length. */
  meanOfAll(sample: number): Float32Array;
  /** The mean to subtract from here on; `recode` brings the slots after it. */
  setMean(mean: Float32Array): void;
  /** Brings about `slots` slots to the newest mean; searches in between are right. @returns done */
  recode(slots: number): boolean;
  /**
   * Moves the vectors together and gives freed memory back.
   * @returns the new slot of every old one (−1 for those not in use), or null when too little is
   *   free for it to be worth while.
   */
  compact(): Int32Array | null;
}
