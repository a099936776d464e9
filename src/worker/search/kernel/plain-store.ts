import {
  type Found,
  MAX_RESULTS,
  type Measure,
  type ScoreStats,
  type SearchOptions,
  type VectorStore,
} from './vector-store.ts';

/** Statistics of no scores. */
const NO_STATS: ScoreStats = { count: 0, mean: 0, deviation: 0 };

/**
 * The same store in plain loops: the oracle that the kernel is tested against, and what browsers
 * without WebAssembly SIMD use. It scores every vector, so it is exact up to the int8 codes.
 */
export class PlainVectorStore implements VectorStore {
  readonly dimensions: number;
  readonly recoded = true;
  #codes = new Int8Array();
  #scales = new Float32Array();
  #meanDots = new Float32Array();
  #inverses = new Float32Array();
  #alive: boolean[] = [];
  #free: number[] = [];
  #mean: Float32Array;
  #query: Float32Array;

  constructor(dimensions: number) {
    this.dimensions = dimensions;
    this.#mean = new Float32Array(dimensions);
    this.#query = new Float32Array(dimensions);
  }

  get size(): number {
    return this.slots - this.#free.length;
  }

  get slots(): number {
    return this.#alive.length;
  }

  get bytes(): number {
    return this.#codes.byteLength + 3 * this.#scales.byteLength;
  }

  add(codes: Int8Array, scale: number): number {
    if (codes.length !== this.dimensions || !Number.isFinite(Math.fround(scale))) return -1;
    const slot = this.#free.pop() ?? this.#alive.length;
    if (slot >= this.#scales.length) this.#grow();
    this.#codes.set(codes, slot * this.dimensions);
    this.#scales[slot] = scale;
    this.#alive[slot] = true;
    this.#centre(slot);
    return slot;
  }

  remove(slot: number): boolean {
    if (!this.#alive[slot]) return false;
    this.#alive[slot] = false;
    this.#free.push(slot);
    return true;
  }

  read(slot: number, into: Float32Array): void {
    const at = slot * this.dimensions;
    for (let i = 0; i < this.dimensions; i++) into[i] = this.#codes[at + i]! * this.#scales[slot]!;
  }

  topK(query: Float32Array, k: number, options: SearchOptions = {}): Found {
    const all: { slot: number; score: number }[] = [];
    if (this.#ask(query)) {
      for (let slot = 0; slot < this.slots; slot++) {
        if (!this.#takesPart(slot, options.filter)) continue;
        all.push({ slot, score: this.score(slot, options.measure) });
      }
    }
    all.sort((a, b) => b.score - a.score || a.slot - b.slot);
    all.length = Math.min(all.length, Math.max(0, Math.min(Math.floor(k), MAX_RESULTS)));
    return {
      slots: Uint32Array.from(all, ({ slot }) => slot),
      scores: Float32Array.from(all, ({ score }) => score),
      dots: Float32Array.from(all, ({ slot }) => this.score(slot)),
    };
  }

  scanAll(query: Float32Array, into: Float32Array, options: SearchOptions = {}): ScoreStats {
    into.fill(Number.NEGATIVE_INFINITY, 0, this.slots);
    return this.#gather(query, 1, options, (slot, score) => {
      into[slot] = score;
    });
  }

  stats(query: Float32Array, sample: number, options: SearchOptions = {}): ScoreStats {
    return this.#gather(query, this.#step(sample), options, () => {});
  }

  dotsAt(query: Float32Array, slots: ArrayLike<number>, into: Float32Array): void {
    const usable = this.#ask(query);
    for (let i = 0; i < slots.length; i++) into[i] = usable ? this.score(slots[i]!) : 0;
  }

  score(slot: number, measure: Measure = 'raw'): number {
    const query = this.#query;
    const at = slot * this.dimensions;
    let dot = 0;
    for (let i = 0; i < query.length; i++) dot += query[i]! * this.#codes[at + i]!;
    const raw = dot * this.#scales[slot]!;
    if (measure === 'raw') return raw;
    let offset = 0;
    let squares = 0;
    for (let i = 0; i < query.length; i++) {
      const m = this.#mean[i]!;
      offset += m * (m - query[i]!);
      squares += (query[i]! - m) ** 2;
    }
    const inverse = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    return (raw + offset - this.#meanDots[slot]!) * this.#inverses[slot]! * inverse;
  }

  meanOfAll(sample: number): Float32Array {
    const sum = new Float32Array(this.dimensions);
    const vector = new Float32Array(this.dimensions);
    let count = 0;
    for (let slot = 0; slot < this.slots; slot += this.#step(sample)) {
      if (!this.#alive[slot]) continue;
      this.read(slot, vector);
      for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + vector[i]!;
      count++;
    }
    return sum.map((x) => (count ? x / count : 0));
  }

  setMean(mean: Float32Array): void {
    if (mean.length !== this.dimensions || !mean.every(Number.isFinite)) return;
    this.#mean = mean.slice();
    for (let slot = 0; slot < this.slots; slot++) this.#centre(slot);
  }

  recode(): boolean {
    return true;
  }

  compact(): Int32Array | null {
    if (this.#free.length < 1024 || this.#free.length * 2 < this.slots) return null;
    const moved = new Int32Array(this.slots).fill(-1);
    const alive = this.#alive;
    const codes = this.#codes;
    const scales = this.#scales;
    this.#alive = [];
    this.#free = [];
    this.#codes = new Int8Array();
    this.#scales = this.#meanDots = this.#inverses = new Float32Array();
    for (let slot = 0; slot < moved.length; slot++) {
      if (!alive[slot]) continue;
      const at = slot * this.dimensions;
      moved[slot] = this.add(codes.subarray(at, at + this.dimensions), scales[slot]!);
    }
    return moved;
  }

  #gather(
    query: Float32Array,
    step: number,
    { filter, measure }: SearchOptions,
    take: (slot: number, score: number) => void,
  ): ScoreStats {
    if (!this.#ask(query)) return NO_STATS;
    const scores: number[] = [];
    for (let slot = 0; slot < this.slots; slot += step) {
      if (!this.#takesPart(slot, filter)) continue;
      const score = this.score(slot, measure);
      scores.push(score);
      take(slot, score);
    }
    if (scores.length === 0) return NO_STATS;
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
    return { count: scores.length, mean, deviation: Math.sqrt(variance) };
  }

  #ask(query: Float32Array): boolean {
    if (query.length !== this.dimensions || !query.every(Number.isFinite)) return false;
    this.#query.set(query);
    return true;
  }

  #takesPart(slot: number, filter: Uint8Array | undefined): boolean {
    if (!this.#alive[slot]) return false;
    return !filter || ((filter[slot >> 3] ?? 0) & (1 << (slot & 7))) !== 0;
  }

  #centre(slot: number): void {
    const at = slot * this.dimensions;
    const scale = this.#scales[slot]!;
    let dot = 0;
    let squares = 0;
    for (let i = 0; i < this.dimensions; i++) {
      const p = this.#codes[at + i]! * scale;
      const m = this.#mean[i]!;
      dot += p * m;
      squares += (p - m) ** 2;
    }
    this.#meanDots[slot] = dot;
    this.#inverses[slot] = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  }

  #step(sample: number): number {
    return Math.max(1, Math.floor(this.slots / Math.max(1, sample)));
  }

  #grow(): void {
    const slots = Math.max(64, Math.ceil(this.#scales.length * 1.5));
    const grown = <T extends Int8Array | Float32Array>(into: T, from: T): T => {
      into.set(from);
      return into;
    };
    this.#codes = grown(new Int8Array(slots * this.dimensions), this.#codes);
    this.#scales = grown(new Float32Array(slots), this.#scales);
    this.#meanDots = grown(new Float32Array(slots), this.#meanDots);
    this.#inverses = grown(new Float32Array(slots), this.#inverses);
  }
}
