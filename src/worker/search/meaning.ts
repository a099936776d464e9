import type { StoredPassage } from '../../storage/schema.ts';
import type { Calibration } from './calibration.ts';
import type { VectorIndex } from './vectors.ts';

export interface MeaningHit {
  passage: StoredPassage;
  /** Cosine of query and passage, both centred. */
  cosine: number;
  /** The same, less what the best of a note's many passages gains by chance. */
  score: number;
}

/** How much of that gain is taken off. Measured: docs/RANKING.md. */
const CHANCE_WEIGHT = 0.35;

/**
 * Meaning with what all vectors of the model have in common taken out: unit vectors q and p become
 * (q − m)·(p − m) / |q − m||p − m|, and that follows from q·p, m·p, q·m and m·m. So the stored
 * vectors stay as they are, and m·p is one more scan whenever the index has changed.
 */
export class Meaning {
  readonly #vectors: VectorIndex;
  #mean: Float32Array | null = null;
  #meanDots: Float32Array = new Float32Array(0);
  #seen = -1;

  constructor(vectors: VectorIndex) {
    this.#vectors = vectors;
  }

  /** The best passage of each note. `query`: unit length. */
  match(query: Float32Array, calibration: Calibration, skip?: string): Map<string, MeaningHit> {
    this.#scanMean(calibration.mean);
    const cosines = this.#centre(this.#vectors.scan(query), query, calibration.mean);
    const best = this.#vectors.bestPassages(cosines, skip);
    let sum = 0;
    let squares = 0;
    for (const { score } of best) {
      sum += score;
      squares += score * score;
    }
    const mean = sum / Math.max(1, best.length);
    const deviation = Math.sqrt(Math.max(0, squares / Math.max(1, best.length) - mean * mean));
    const hits = new Map<string, MeaningHit>();
    for (const { note, passage, score: cosine, of } of best) {
      const score = cosine - CHANCE_WEIGHT * deviation * expectedBest(of);
      hits.set(note, { passage, cosine, score });
    }
    return hits;
  }

  /** Once for each state of the index: a scan's result is only lent, so it is copied. */
  #scanMean(mean: Float32Array): void {
    if (this.#mean === mean && this.#seen === this.#vectors.changes) return;
    this.#meanDots = Float32Array.from(this.#vectors.scan(mean));
    this.#mean = mean;
    this.#seen = this.#vectors.changes;
  }

  #centre(dots: Float32Array, query: Float32Array, mean: Float32Array): Float32Array {
    const mm = dot(mean, mean);
    const qm = dot(query, mean);
    const queryLength = Math.sqrt(Math.max(0, dot(query, query) - 2 * qm + mm));
    for (let slot = 0; slot < dots.length; slot++) {
      const pm = this.#meanDots[slot]!;
      const length = queryLength * Math.sqrt(Math.max(0, 1 - 2 * pm + mm));
      dots[slot] = length > 1e-6 ? (dots[slot]! - pm - qm + mm) / length : 0;
    }
    return dots;
  }
}

/** About how far above the mean the greatest of n normal values lies, in deviations. */
const expectedBest = (n: number): number => (n > 1 ? 0.8 * Math.sqrt(2 * Math.log(n)) : 0);

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
