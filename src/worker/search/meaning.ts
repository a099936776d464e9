import { type Calibration, FLOOR_DEVIATIONS } from './calibration.ts';
import { Centre } from './centre.ts';
import { MeaningMatch, type OnScale } from './meaning-match.ts';
import type { VectorIndex } from './vectors.ts';

/** Passages up to which all are compared; of more, sign bits choose (docs/RANKING.md). */
const ALL_UP_TO = 20_000;
/** Large library: nearest passages that are compared exactly. */
const NEAREST = 300;
/** Large library: notes sampled to estimate mean and spread of all scores. */
const SAMPLED = 200;

export interface MatchOptions {
  /** A note that takes no part. */
  skip?: string | undefined;
  /** Where only some notes can be in the answer: those. */
  among?: ((note: string) => boolean) | undefined;
}

/**
 * The calibrated floor (FLOOR_DEVIATIONS above unrelated texts) is for 130 passages or more. Fewer
 * come less near by chance: the best of n normal values lies up to √(2 ln n) deviations above their
 * mean, and this much more is asked for.
 */
const FLOOR_MARGIN = 0.48;
/** Passages that are counted at least. */
const FEWEST = 8;

/**
 * Share of the collection's mean in the mean that is subtracted, when it is fully trusted; the rest
 * is the model's. Measured in docs/RANKING.md.
 */
const COLLECTION_SHARE = 0.5;
/** Passages at which the collection's mean gets half of its share. */
const HALF_TRUSTED = 200;
/** Vectors from which the collection's mean is taken. */
const SAMPLE = 2_048;
/** Change in the number of passages, as a share, after which the mean is blended again. */
const DRIFT = 0.1;

/**
 * Meaning with what all vectors have in common taken out: unit vectors q and p become
 * (q − m)·(p − m) / |q − m||p − m|, and that follows from q·p, m·p, q·m and m·m. So the stored
 * vectors stay as they are, and m·p is worked out once a vector.
 *
 * Notes are ranked by a mean that knows the collection; how close a passage is on the model's own
 * scale is told by the mean that this scale was made with.
 */
export class Meaning {
  readonly #vectors: VectorIndex;
  readonly #allUpTo: number;
  readonly #nearest: number;
  readonly #sampled: number;
  readonly #own: Centre;
  readonly #blended: Centre;
  #blend: { of: Float32Array; mean: Float32Array; passages: number } | null = null;

  /** Other limits than the usual ones are for measuring and tests. */
  constructor(
    vectors: VectorIndex,
    { allUpTo = ALL_UP_TO, nearest = NEAREST, sampled = SAMPLED } = {},
  ) {
    this.#vectors = vectors;
    this.#allUpTo = allUpTo;
    this.#nearest = nearest;
    this.#sampled = sampled;
    this.#own = new Centre(vectors);
    this.#blended = new Centre(vectors);
  }

  /**
   * The best passage of each note; of a large library, of the notes that can be among the first by
   * meaning, and `compareMore` of the match tells of others.
   * @param query unit length
   */
  match(
    query: Float32Array,
    calibration: Calibration,
    { skip, among }: MatchOptions = {},
  ): MeaningMatch {
    const vectors = this.#vectors;
    this.#blended.centreOn(this.#blendedMean(calibration.mean));
    this.#own.centreOn(calibration.mean);
    const scale: OnScale = { ranked: this.#blended.of(query), own: this.#own.of(query) };
    const match = new MeaningMatch(vectors, query, scale, skip);
    const large = vectors.slotsInUse > this.#allUpTo;
    const filter = large && among ? vectors.bitmapOf(among) : undefined;
    if (!large || !match.takeNearest(this.#nearest, this.#sampled, filter)) {
      match.takeAll();
    }
    return match;
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
