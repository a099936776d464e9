import type { PassageList, StoredPassage } from '../../storage/schema.ts';
import type { Quantised } from '../model/quantise.ts';

export interface PassageScore {
  passage: StoredPassage;
  score: number;
}

/**
 * The resident index: int8 vectors by hash with a scale each, and which notes hold which. Equal
 * passages share a slot. Freed slots are used again.
 */
export class VectorIndex {
  readonly dimensions: number;
  #codes: Int8Array;
  #scales: Float32Array;
  #capacity: number;
  #used = 0;
  readonly #free: number[] = [];
  readonly #slots = new Map<string, { slot: number; refs: number }>();
  readonly #notes = new Map<string, { revision: number; passages: StoredPassage[] }>();

  constructor(dimensions: number, capacity = 1024) {
    this.dimensions = dimensions;
    this.#capacity = capacity;
    this.#codes = new Int8Array(capacity * dimensions);
    this.#scales = new Float32Array(capacity);
  }

  get passageCount(): number {
    let sum = 0;
    for (const { passages } of this.#notes.values()) sum += passages.length;
    return sum;
  }

  has(hash: string): boolean {
    return this.#slots.has(hash);
  }

  /** Hashes that some note holds. */
  referenced(): ReadonlySet<string> {
    return new Set(this.#slots.keys());
  }

  note(id: string): { revision: number; passages: StoredPassage[] } | undefined {
    return this.#notes.get(id);
  }

  /**
   * Puts a note's passages in place of its former ones. `vectorOf` is asked only for hashes not
   * resident yet; passages it does not know are left out.
   * @returns how many were left out.
   */
  setNote(
    list: Pick<PassageList, 'note' | 'revision' | 'passages'>,
    vectorOf: (hash: string) => Quantised | undefined,
  ): number {
    const kept: StoredPassage[] = [];
    for (const passage of list.passages) {
      const known = this.#slots.get(passage.hash);
      if (known) {
        known.refs++;
        kept.push(passage);
        continue;
      }
      const vector = vectorOf(passage.hash);
      if (!vector || vector.codes.length !== this.dimensions || !Number.isFinite(vector.scale)) {
        continue;
      }
      this.#slots.set(passage.hash, { slot: this.#store(vector), refs: 1 });
      kept.push(passage);
    }
    // Only now the old ones go, so that what both share never left.
    this.removeNote(list.note);
    this.#notes.set(list.note, { revision: list.revision, passages: kept });
    return list.passages.length - kept.length;
  }

  removeNote(id: string): void {
    for (const { hash } of this.#notes.get(id)?.passages ?? []) {
      const entry = this.#slots.get(hash);
      if (entry && --entry.refs === 0) {
        this.#slots.delete(hash);
        this.#free.push(entry.slot);
      }
    }
    this.#notes.delete(id);
  }

  /** The best passage of each note, notes ordered by score; ties by id, so that order is stable. */
  search(query: Float32Array, limit: number, skip?: string): ({ note: string } & PassageScore)[] {
    const scores = this.#scan(query);
    const best: ({ note: string } & PassageScore)[] = [];
    for (const [note, { passages }] of this.#notes) {
      if (note === skip) continue;
      let top: PassageScore | undefined;
      for (const passage of passages) {
        const slot = this.#slots.get(passage.hash)?.slot;
        if (slot === undefined) continue;
        const score = scores[slot]!;
        if (!top || score > top.score) top = { passage, score };
      }
      if (top) best.push({ note, ...top });
    }
    return best.sort((a, b) => b.score - a.score || (a.note < b.note ? -1 : 1)).slice(0, limit);
  }

  /** Mean of a note's vectors, unit length; undefined when it has none. */
  meanOf(id: string): Float32Array | undefined {
    const passages = this.#notes.get(id)?.passages;
    if (!passages?.length) return undefined;
    const mean = new Float32Array(this.dimensions);
    for (const { hash } of passages) {
      const slot = this.#slots.get(hash)!.slot;
      const scale = this.#scales[slot]!;
      const at = slot * this.dimensions;
      for (let i = 0; i < mean.length; i++) mean[i] = mean[i]! + this.#codes[at + i]! * scale;
    }
    const length = Math.hypot(...mean) || 1;
    return mean.map((x) => x / length);
  }

  #scan(query: Float32Array): Float32Array {
    const { dimensions } = this;
    const codes = this.#codes;
    const scores = new Float32Array(this.#used);
    for (let slot = 0, at = 0; slot < this.#used; slot++, at += dimensions) {
      let dot = 0;
      for (let i = 0; i < dimensions; i++) dot += query[i]! * codes[at + i]!;
      scores[slot] = dot * this.#scales[slot]!;
    }
    return scores;
  }

  #store({ codes, scale }: Quantised): number {
    const slot = this.#free.pop() ?? this.#used++;
    if (slot >= this.#capacity) this.#grow();
    this.#codes.set(codes, slot * this.dimensions);
    this.#scales[slot] = scale;
    return slot;
  }

  #grow(): void {
    this.#capacity = Math.ceil(this.#capacity * 1.5);
    const codes = new Int8Array(this.#capacity * this.dimensions);
    codes.set(this.#codes);
    this.#codes = codes;
    const scales = new Float32Array(this.#capacity);
    scales.set(this.#scales);
    this.#scales = scales;
  }
}
