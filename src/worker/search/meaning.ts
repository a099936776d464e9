import type { StoredPassage } from '../../storage/schema.ts';
import { type Calibration, FLOOR_DEVIATIONS } from './calibration.ts';
import type { IndexedNote, VectorIndex } from './vectors.ts';

export interface MeaningHit {
  passage: StoredPassage;
  /** Cosine of query and passage, both centred, on the model's own scale. */
  cosine: number;
  /** The same, less what the best of a note's many passages gains by chance. */
  score: number;
}

/** How much of that gain is taken off. Measured: docs/RANKING.md. */
const CHANCE_WEIGHT = 0.35;

/**
 * The calibrated floor (FLOOR_DEVIATIONS above unrelated texts) is for 130 passages or more. Fewer
 * come less near by chance: the best of n normal values lies up to √(2 ln n) deviations above their
 * mean, and this much more is asked for.
 */
const FLOOR_MARGIN = 0.48;
const FEWEST = 8;

/** What all vectors have in common is a blend of the model's own mean and the collection's. */
const COLLECTION_SHARE = 0.5;
/** With so many passages the collection's mean counts half of its share. */
const HALF_TRUSTED = 200;
const SAMPLE = 2_048;
/** The blend is made anew when the passages have become more or fewer by this share. */
const DRIFT = 0.1;

/**
 * Meaning with what all vectors have in common taken out: unit vectors q and p become
 * (q − m)·(p − m) / |q − m||p − m|, and that follows from q·p, m·p, q·m and m·m. So the stored
 * vectors stay as they are, and m·p is one more scan whenever the index has changed.
 *
 * Notes are ranked by a mean that knows the collection; how close a passage is on the model's own
 * scale is told by the mean that this scale was made with.
 */
export class Meaning {
  readonly #vectors: VectorIndex;
  readonly #own: Centre;
  readonly #blended: Centre;
  #blend: { of: Float32Array; mean: Float32Array; passages: number } | null = null;

  constructor(vectors: VectorIndex) {
    this.#vectors = vectors;
    this.#own = new Centre(vectors);
    this.#blended = new Centre(vectors);
  }

  /** The best passage of each note. `query`: unit length. */
  match(query: Float32Array, calibration: Calibration, skip?: string): MeaningMatch {
    this.#blended.centreOn(this.#blendedMean(calibration.mean));
    this.#own.centreOn(calibration.mean);
    // Last, for a scan's result is only lent until the next.
    const dots = this.#vectors.scan(query);
    const blended = this.#blended.cosines(dots, query);
    const { row } = this.#vectors;
    const best = new Int32Array(row.length);
    this.#vectors.bestInRow(blended, best);
    const scores = new Float32Array(row.length);
    const cosines = new Float32Array(row.length);
    const onScale = this.#own.of(query);
    let count = 0;
    let sum = 0;
    let squares = 0;
    for (let r = 0; r < row.length; r++) {
      const { id, slots } = row[r]!;
      if (best[r]! < 0 || id === skip) {
        best[r] = -1;
        continue;
      }
      const slot = slots[best[r]!]!;
      const score = blended[slot]!;
      scores[r] = score;
      cosines[r] = onScale(dots[slot]!, slot);
      count++;
      sum += score;
      squares += score * score;
    }
    const mean = sum / Math.max(1, count);
    const deviation = Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean));
    for (let r = 0; r < row.length; r++) {
      if (best[r]! < 0) continue;
      scores[r]! -= CHANCE_WEIGHT * deviation * expectedBest(row[r]!.passages.length);
    }
    return new MeaningMatch(row, best, cosines, scores, count);
  }

  /** Closeness below which a passage is no answer: lower where there are few. */
  floor({ floor }: Calibration): number {
    const passages = Math.max(FEWEST, this.#vectors.slotsInUse);
    const deviations = Math.sqrt(2 * Math.log(passages)) + FLOOR_MARGIN;
    return floor * Math.min(1, deviations / FLOOR_DEVIATIONS);
  }

  #blendedMean(model: Float32Array): Float32Array {
    const now = this.#vectors.slotsInUse;
    const last = this.#blend;
    if (last && last.of === model && Math.abs(now - last.passages) <= DRIFT * last.passages) {
      return last.mean;
    }
    const own = this.#vectors.meanOfAll(SAMPLE);
    const passages = now;
    const share = (COLLECTION_SHARE * passages) / (passages + HALF_TRUSTED);
    const mean = model.map((x, i) => (1 - share) * x + share * own[i]!);
    this.#blend = { of: model, mean, passages };
    return mean;
  }
}

/** What `match` found, in the order of the index's row of notes. */
export class MeaningMatch {
  readonly notes: readonly IndexedNote[];
  /** The best passage's place in the note's list; −1: the note takes no part. */
  readonly best: Int32Array;
  /** As in `MeaningHit`, for notes that take part. */
  readonly cosines: Float32Array;
  readonly scores: Float32Array;
  /** How many take part. */
  readonly size: number;

  constructor(
    notes: readonly IndexedNote[],
    best: Int32Array,
    cosines: Float32Array,
    scores: Float32Array,
    size: number,
  ) {
    this.notes = notes;
    this.best = best;
    this.cosines = cosines;
    this.scores = scores;
    this.size = size;
  }

  hitAt(r: number): MeaningHit | undefined {
    const passage = this.notes[r]?.passages[this.best[r]!];
    return passage && { passage, cosine: this.cosines[r]!, score: this.scores[r]! };
  }

  *[Symbol.iterator](): Generator<[note: string, hit: MeaningHit]> {
    for (let r = 0; r < this.notes.length; r++) {
      const hit = this.hitAt(r);
      if (hit) yield [this.notes[r]!.id, hit];
    }
  }
}

/** Takes one mean out of dot products; remembers what only the index and the mean decide. */
class Centre {
  readonly #vectors: VectorIndex;
  #mean: Float32Array = new Float32Array(0);
  #meanDots = new Float32Array(0);
  /** 1 / |p − m|, by slot; 0 where the mean itself lies. */
  #inverses = new Float32Array(0);
  /** Reused, so that typing makes no garbage. */
  #cosines = new Float32Array(0);
  #seen = -1;

  constructor(vectors: VectorIndex) {
    this.#vectors = vectors;
  }

  /** A scan, unless nothing has changed since the last time. */
  centreOn(mean: Float32Array): void {
    if (this.#mean === mean && this.#seen === this.#vectors.changes) return;
    this.#meanDots = this.#vectors.scan(mean).slice();
    const mm = dot(mean, mean);
    this.#inverses = this.#meanDots.map((pm) => {
      const length = Math.sqrt(Math.max(0, 1 - 2 * pm + mm));
      return length > 1e-6 ? 1 / length : 0;
    });
    this.#mean = mean;
    this.#seen = this.#vectors.changes;
  }

  /** @returns the centred cosine of a slot, by its dot product with the query */
  of(query: Float32Array): (dot: number, slot: number) => number {
    const mean = this.#mean;
    const mm = dot(mean, mean);
    const qm = dot(query, mean);
    const queryLength = Math.sqrt(Math.max(0, dot(query, query) - 2 * qm + mm));
    const offset = mm - qm;
    const meanDots = this.#meanDots;
    const inverses = this.#inverses;
    const inverse = queryLength > 1e-6 ? 1 / queryLength : 0;
    return (dots, slot) => (dots - meanDots[slot]! + offset) * inverses[slot]! * inverse;
  }

  /**
   * @param dots the query's with every slot
   * @returns the centred cosines, lent until the next call
   */
  cosines(dots: Float32Array, query: Float32Array): Float32Array {
    if (this.#cosines.length < dots.length) {
      this.#cosines = new Float32Array(Math.ceil(dots.length * 1.25));
    }
    const into = this.#cosines;
    const one = this.of(query);
    for (let slot = 0; slot < dots.length; slot++) into[slot] = one(dots[slot]!, slot);
    return into;
  }
}

/** About how far above the mean the greatest of n normal values lies, in deviations. */
const expectedBest = (n: number): number => (n > 1 ? 0.8 * Math.sqrt(2 * Math.log(n)) : 0);

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
