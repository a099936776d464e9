import { candidatesFor } from './candidates.ts';
import { type Kernel, startKernel } from './kernel-module.ts';
import {
  type Found,
  MAX_RESULTS,
  type Measure,
  type ScoreStats,
  type SearchOptions,
  type VectorStore,
} from './vector-store.ts';

/** Vectors in a slab, the unit by which the memory grows; as in kernel/search.ts. */
const SLAB_SLOTS = 1024;
/** Bytes of one result: slot, score, dot product; as in kernel/search.ts. */
const RECORD_BYTES = 12;
/** Bytes of a page of WebAssembly memory. */
const PAGE = 65_536;
/** Pages of WebAssembly memory at most, 4 GiB: room for seven million vectors of 512 dimensions. */
const MOST_PAGES = 65_536;

/** The store on the kernel of kernel/search.ts, whose memory holds everything. */
export class WasmVectorStore implements VectorStore {
  readonly dimensions: number;
  readonly #module: WebAssembly.Module;
  #memory!: WebAssembly.Memory;
  #kernel!: Kernel;
  #bytes!: Uint8Array;
  #floats!: Float32Array;
  #slabBytes = 0;
  #slabs = 0;
  #slots = 0;
  #free: number[] = [];
  #mean: Float32Array | null = null;
  /** Slabs below this are of the newest mean. */
  #recodedSlabs = 0;
  /** The views of the last answer, made again only when their place or length changed. */
  #found: Found = {
    slots: new Uint32Array(),
    scores: new Float32Array(),
    dots: new Float32Array(),
  };

  constructor(dimensions: number, module: WebAssembly.Module) {
    this.dimensions = dimensions;
    this.#module = module;
    this.#start();
  }

  get size(): number {
    return this.#slots - this.#free.length;
  }

  get slots(): number {
    return this.#slots;
  }

  get bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  get recoded(): boolean {
    return this.#recodedSlabs >= this.#slabs;
  }

  add(codes: Int8Array, scale: number): number {
    if (codes.length !== this.dimensions || !Number.isFinite(Math.fround(scale))) return -1;
    const slot = this.#free.at(-1) ?? this.#slots;
    if (slot >> 10 >= this.#slabs && !this.#grow()) return -1;
    if (slot === this.#slots) this.#slots++;
    else this.#free.pop();
    this.#bytes.set(codes as unknown as Uint8Array, this.#codesAt(slot));
    this.#floats[this.#recordAt(slot) / 4] = scale;
    this.#kernel.encode(slot);
    const alive = this.#aliveAt(slot);
    this.#bytes[alive] = this.#bytes[alive]! | (1 << (slot & 7));
    return slot;
  }

  remove(slot: number): boolean {
    if (!this.#isAlive(slot)) return false;
    const alive = this.#aliveAt(slot);
    this.#bytes[alive] = this.#bytes[alive]! & ~(1 << (slot & 7));
    this.#free.push(slot);
    return true;
  }

  read(slot: number, into: Float32Array): void {
    const scale = this.#floats[this.#recordAt(slot) / 4]!;
    const at = this.#codesAt(slot);
    for (let i = 0; i < this.dimensions; i++)
      into[i] = ((this.#bytes[at + i]! << 24) >> 24) * scale;
  }

  topK(query: Float32Array, k: number, options: SearchOptions = {}): Found {
    const kernel = this.#kernel;
    let count = 0;
    if (this.#ask(query, options.filter)) {
      const filtered = options.filter ? 1 : 0;
      const wanted = Math.max(0, Math.min(Math.floor(k), MAX_RESULTS));
      const size = filtered ? kernel.countAllowed(this.#slabs, 1) : this.size;
      const candidates = options.candidates ?? candidatesFor(size, wanted);
      const centred = options.measure === 'centred' ? 1 : 0;
      count = kernel.topK(wanted, candidates, this.#slabs, filtered, centred);
    }
    const { buffer } = this.#memory;
    if (this.#found.slots.buffer !== buffer || this.#found.slots.length !== count) {
      this.#found = {
        slots: new Uint32Array(buffer, kernel.resultSlots.value, count),
        scores: new Float32Array(buffer, kernel.resultScores.value, count),
        dots: new Float32Array(buffer, kernel.resultDots.value, count),
      };
    }
    return this.#found;
  }

  scanAll(query: Float32Array, into: Float32Array, options: SearchOptions = {}): ScoreStats {
    if (!this.#ask(query, options.filter)) {
      into.fill(Number.NEGATIVE_INFINITY, 0, this.#slots);
      return { count: 0, mean: 0, deviation: 0 };
    }
    const kernel = this.#kernel;
    const centred = options.measure === 'centred' ? 1 : 0;
    const from = kernel.scanScores.value >> 2;
    kernel.resetStats();
    for (let slab = 0; slab < this.#slabs; slab++) {
      kernel.scanSlab(slab, options.filter ? 1 : 0, centred);
      const slots = Math.min(SLAB_SLOTS, this.#slots - slab * SLAB_SLOTS);
      into.set(this.#floats.subarray(from, from + slots), slab * SLAB_SLOTS);
    }
    return this.#stats();
  }

  stats(query: Float32Array, sample: number, options: SearchOptions = {}): ScoreStats {
    if (!this.#ask(query, options.filter)) return { count: 0, mean: 0, deviation: 0 };
    const kernel = this.#kernel;
    const centred = options.measure === 'centred' ? 1 : 0;
    kernel.resetStats();
    kernel.sample(this.#slots, this.#step(sample), options.filter ? 1 : 0, centred);
    return this.#stats();
  }

  dotsAt(query: Float32Array, slots: ArrayLike<number>, into: Float32Array): void {
    if (!this.#ask(query, undefined)) {
      into.fill(0);
      return;
    }
    const kernel = this.#kernel;
    const asked = new Uint32Array(this.#memory.buffer, kernel.resultSlots.value, MAX_RESULTS);
    const from = kernel.resultDots.value >> 2;
    for (let at = 0; at < slots.length; at += MAX_RESULTS) {
      const count = Math.min(MAX_RESULTS, slots.length - at);
      for (let i = 0; i < count; i++) asked[i] = slots[at + i]!;
      kernel.dotsOf(count);
      into.set(this.#floats.subarray(from, from + count), at);
    }
  }

  score(slot: number, measure: Measure = 'raw'): number {
    return this.#kernel.scoreOf(slot, measure === 'centred' ? 1 : 0);
  }

  meanOfAll(sample: number): Float32Array {
    const count = this.#kernel.addUp(this.#slots, this.#step(sample));
    const at = this.#kernel.sumAt.value >> 2;
    return this.#floats.slice(at, at + this.dimensions).map((sum) => (count ? sum / count : 0));
  }

  setMean(mean: Float32Array): void {
    if (mean.length !== this.dimensions || !mean.every(Number.isFinite)) return;
    // The kernel keeps two means, so an unfinished change is finished first.
    this.recode(Number.POSITIVE_INFINITY);
    this.#floats.set(mean, this.#kernel.nextMean() / 4);
    this.#mean = mean.slice();
    this.#recodedSlabs = 0;
  }

  recode(slots: number): boolean {
    const end = Math.min(this.#slabs, this.#recodedSlabs + Math.max(1, Math.ceil(slots / 1024)));
    while (this.#recodedSlabs < end) this.#kernel.recodeSlab(this.#recodedSlabs++);
    return this.recoded;
  }

  compact(): Int32Array | null {
    if (this.#free.length < SLAB_SLOTS || this.#free.length * 2 < this.#slots) return null;
    const moved = new Int32Array(this.#slots).fill(-1);
    for (let slot = 0; slot < moved.length; slot++) if (this.#isAlive(slot)) moved[slot] = slot;
    const mean = this.#mean;
    const codes = new Int8Array(this.#memory.buffer);
    const floats = this.#floats;
    // Memory of WebAssembly never shrinks: a smaller one takes its place, laid out alike.
    this.#start();
    if (mean) this.setMean(mean);
    for (const slot of moved) {
      if (slot < 0) continue;
      const at = this.#codesAt(slot);
      const scale = floats[this.#recordAt(slot) / 4]!;
      moved[slot] = this.add(codes.subarray(at, at + this.dimensions), scale);
    }
    return moved;
  }

  #start(): void {
    this.#memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES });
    this.#kernel = startKernel(this.#module, this.#memory, this.dimensions);
    this.#slabBytes = this.#kernel.slabBytes.value;
    this.#slabs = this.#slots = this.#recodedSlabs = 0;
    this.#free = [];
    this.#mean = null;
    this.#fit(this.#kernel.slabs.value);
    this.#look();
  }

  #grow(): boolean {
    const all = this.recoded;
    try {
      this.#fit(this.#slabAt(this.#slabs + 1));
    } catch {
      return false;
    }
    this.#look();
    this.#kernel.openSlab(this.#slabs++);
    if (all) this.#recodedSlabs = this.#slabs;
    return true;
  }

  /** @throws RangeError when there is no such memory. */
  #fit(bytes: number): void {
    const missing = Math.ceil((bytes - this.#memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.#memory.grow(missing);
  }

  /** Growing detaches what looked at the memory before. */
  #look(): void {
    if (this.#bytes?.buffer === this.#memory.buffer) return;
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#floats = new Float32Array(this.#memory.buffer);
  }

  #slabAt(slab: number): number {
    return this.#kernel.slabs.value + slab * this.#slabBytes;
  }

  #codesAt(slot: number): number {
    const kernel = this.#kernel;
    return (
      this.#slabAt(slot >> 10) + kernel.codesInSlab.value + (slot & 1023) * kernel.stride.value
    );
  }

  #recordAt(slot: number): number {
    return (
      this.#slabAt(slot >> 10) + this.#kernel.recordsInSlab.value + (slot & 1023) * RECORD_BYTES
    );
  }

  /** The byte with the slot's bit. */
  #aliveAt(slot: number): number {
    return this.#slabAt(slot >> 10) + this.#kernel.aliveInSlab.value + ((slot & 1023) >> 3);
  }

  #isAlive(slot: number): boolean {
    if (!(slot >= 0 && slot < this.#slots)) return false;
    const alive = this.#aliveAt(slot);
    return (this.#bytes[alive]! & (1 << (slot & 7))) !== 0;
  }

  /**
   * Puts query and filter where the kernel looks for them.
   * @returns false for an unusable query.
   */
  #ask(query: Float32Array, filter: Uint8Array | undefined): boolean {
    if (query.length !== this.dimensions) return false;
    for (let i = 0; i < query.length; i++) if (!Number.isFinite(query[i])) return false;
    const kernel = this.#kernel;
    this.#floats.set(query, kernel.queryAt.value >> 2);
    kernel.prepare();
    if (!filter) return true;
    const bytes = SLAB_SLOTS / 8;
    for (let slab = 0; slab < this.#slabs; slab++) {
      const at = this.#slabAt(slab) + kernel.filterInSlab.value;
      const part = filter.subarray(slab * bytes, (slab + 1) * bytes);
      this.#bytes.set(part, at);
      if (part.length < bytes) this.#bytes.fill(0, at + part.length, at + bytes);
    }
    return true;
  }

  #step(sample: number): number {
    return Math.max(1, Math.floor(this.#slots / Math.max(1, sample)));
  }

  #stats(): ScoreStats {
    const count = this.#kernel.statCount.value;
    if (count === 0) return { count: 0, mean: 0, deviation: 0 };
    const mean = this.#kernel.statSum.value / count;
    const variance = this.#kernel.statSquares.value / count - mean * mean;
    return { count, mean, deviation: Math.sqrt(Math.max(0, variance)) };
  }
}
