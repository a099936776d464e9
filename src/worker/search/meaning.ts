import type { StoredPassage } from '../../storage/schema.ts';
import type { Calibration } from './calibration.ts';
import type { VectorIndex } from './vectors.ts';

export interface MeaningHit {
  passage: StoredPassage;
  /** Cosine of query and passage, both centred, on the model's own scale. */
  cosine: number;
  /** The same, less what the best of a note's many passages gains by chance. */
  score: number;
}

/** How much of that gain is taken off. Measured: docs/RANKING.md. */
const CHANCE_WEIGHT = 0.35;

/** The calibrated floor is for so many passages, or more. */
const FLOOR_PASSAGES = 130;
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
  match(query: Float32Array, calibration: Calibration, skip?: string): Map<string, MeaningHit> {
    this.#blended.centreOn(this.#blendedMean(calibration.mean));
    this.#own.centreOn(calibration.mean);
    // Last, for a scan's result is only lent until the next.
    const dots = this.#vectors.scan(query);
    const best = this.#vectors.bestPassages(this.#blended.cosines(dots, query), skip);
    const onScale = this.#own.cosines(dots, query);
    const deviation = deviationOf(best);
    const hits = new Map<string, MeaningHit>();
    for (const { note, passage, score: blended, of, slot } of best) {
      const score = blended - CHANCE_WEIGHT * deviation * expectedBest(of);
      hits.set(note, { passage, cosine: onScale[slot]!, score });
    }
    return hits;
  }

  /**
   * Closeness below which a passage is no answer. Among few passages one is less likely to lie near
   * by chance: the greatest of n normal values grows with the root of ln n.
   */
  floor({ floor }: Calibration): number {
    const passages = Math.max(FEWEST, this.#vectors.slotsInUse);
    return floor * Math.min(1, Math.sqrt(Math.log(passages) / Math.log(FLOOR_PASSAGES)));
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

/** Takes one mean out of dot products; remembers what only the index and the mean decide. */
class Centre {
  readonly #vectors: VectorIndex;
  #mean: Float32Array = new Float32Array(0);
  #meanDots = new Float32Array(0);
  #seen = -1;

  constructor(vectors: VectorIndex) {
    this.#vectors = vectors;
  }

  /** A scan, unless nothing has changed since the last time. */
  centreOn(mean: Float32Array): void {
    if (this.#mean === mean && this.#seen === this.#vectors.changes) return;
    this.#meanDots = Float32Array.from(this.#vectors.scan(mean));
    this.#mean = mean;
    this.#seen = this.#vectors.changes;
  }

  /** @param dots the query's with every slot */
  cosines(dots: Float32Array, query: Float32Array): Float32Array {
    const mean = this.#mean;
    const mm = dot(mean, mean);
    const qm = dot(query, mean);
    const queryLength = Math.sqrt(Math.max(0, dot(query, query) - 2 * qm + mm));
    const cosines = new Float32Array(dots.length);
    for (let slot = 0; slot < dots.length; slot++) {
      const pm = this.#meanDots[slot]!;
      const length = queryLength * Math.sqrt(Math.max(0, 1 - 2 * pm + mm));
      cosines[slot] = length > 1e-6 ? (dots[slot]! - pm - qm + mm) / length : 0;
    }
    return cosines;
  }
}

function deviationOf(best: readonly { score: number }[]): number {
  const n = Math.max(1, best.length);
  const mean = best.reduce((sum, { score }) => sum + score, 0) / n;
  return Math.sqrt(best.reduce((sum, { score }) => sum + (score - mean) ** 2, 0) / n);
}

/** About how far above the mean the greatest of n normal values lies, in deviations. */
const expectedBest = (n: number): number => (n > 1 ? 0.8 * Math.sqrt(2 * Math.log(n)) : 0);

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
