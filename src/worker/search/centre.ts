import type { VectorSlot } from './branded-numbers.ts';
import type { VectorIndex } from './vectors.ts';

/** Takes one mean out of dot products; remembers what only the index and the mean decide. */
export class Centre {
  readonly #vectors: VectorIndex;
  #mean: Float32Array = new Float32Array(0);
  /** m·p by slot. */
  #meanDots = new Float32Array(0);
  /** 1 / |p − m|, by slot; 0 where the mean itself lies. */
  #inverses = new Float32Array(0);
  #seen = -1;

  constructor(vectors: VectorIndex) {
    this.#vectors = vectors;
  }

  /** A scan for another mean; otherwise only what has changed in the index since the last time. */
  centreOn(mean: Float32Array): void {
    const vectors = this.#vectors;
    const changed = this.#mean === mean ? vectors.changedSince(this.#seen) : null;
    this.#mean = mean;
    this.#seen = vectors.changes;
    if (changed?.length === 0) return;
    const mm = dot(mean, mean);
    this.#fit(vectors.slots);
    if (changed) {
      const dots = vectors.dotsAt(mean, changed);
      for (let i = 0; i < changed.length; i++) this.#take(changed[i]!, dots[i]!, mm);
    } else {
      const dots = vectors.scan(mean);
      for (let slot = 0 as VectorSlot; slot < dots.length; slot++)
        this.#take(slot, dots[slot]!, mm);
    }
  }

  /** @returns the centred cosine of a slot, by its dot product with the query */
  of(query: Float32Array): (dot: number, slot: VectorSlot) => number {
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

  #fit(slots: number): void {
    if (this.#meanDots.length >= slots) return;
    const grown = (from: Float32Array): Float32Array<ArrayBuffer> => {
      const into = new Float32Array(Math.ceil(slots * 1.25));
      into.set(from);
      return into;
    };
    this.#meanDots = grown(this.#meanDots);
    this.#inverses = grown(this.#inverses);
  }

  #take(slot: VectorSlot, meanDot: number, mm: number): void {
    const length = Math.sqrt(Math.max(0, 1 - 2 * meanDot + mm));
    this.#meanDots[slot] = meanDot;
    this.#inverses[slot] = length > 1e-6 ? 1 / length : 0;
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
