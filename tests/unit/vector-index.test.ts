import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dequantise, quantise } from '../../src/worker/model/quantise.ts';
import type { VectorSlot } from '../../src/worker/search/branded-numbers.ts';
import { Meaning } from '../../src/worker/search/meaning.ts';
import { MeaningMatch } from '../../src/worker/search/meaning-match.ts';
import { VectorIndex } from '../../src/worker/search/vectors.ts';
import { clusteredVectors } from '../support/vectors.ts';

const DIMENSIONS = 64;
const vectors = clusteredVectors({ count: 4_000, dimensions: DIMENSIONS, seed: 7 });
const lookUp = (hash: string) => {
  const vector = vectors[Number(hash)];
  return vector && quantise(vector);
};
const passages = (hashes: readonly number[]) =>
  hashes.map((hash, i) => ({ hash: String(hash), start: i, end: i + 1, headings: [] }));
const put = (index: VectorIndex, note: string, hashes: readonly number[]) =>
  index.setNote({ note, revision: 1, passages: passages(hashes) }, lookUp);

const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const stored = (hash: string): Float32Array => dequantise(lookUp(hash)!);

/** The best passage of each note, from plain objects alone. */
function expected(notes: ReadonlyMap<string, readonly number[]>, query: Float32Array) {
  const best: { note: string; score: number }[] = [];
  for (const [note, hashes] of notes) {
    const scores = hashes.map((hash) => dot(stored(String(hash)), query));
    if (scores.length > 0) best.push({ note, score: Math.max(...scores) });
  }
  return best.sort((a, b) => b.score - a.score);
}

/** The same as search finds it: every passage compared, nothing centred. */
function found(index: VectorIndex, query: Float32Array) {
  const plain = { ranked: (of: number) => of, own: (of: number) => of };
  const match = new MeaningMatch(index, query, plain, undefined);
  match.takeAll();
  return [...match]
    .map(([note, { passage, cosine }]) => ({ note, hash: passage.hash, score: cosine }))
    .sort((a, b) => b.score - a.score);
}

/** Which passage lies in a slot, and which notes hold it. */
function heldAt(index: VectorIndex, slot: VectorSlot): { hash: string; notes: string[] } {
  const rows = [...index.rowsAt(slot)].map((r) => index.row[r]!);
  const [first] = rows;
  return {
    hash: first!.passages[first!.slots.indexOf(slot)]!.hash,
    notes: rows.map(({ id }) => id).sort(),
  };
}

describe('VectorIndex', () => {
  it('answers as plain maps would, after any history', () => {
    const note = fc.integer({ min: 0, max: 30 }).map((n) => `note ${n}`);
    const hashes = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 8 });
    const steps = fc.array(fc.tuple(note, fc.option(hashes, { nil: undefined })), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 99 }), fc.nat(20), (history, at, limit) => {
        const index = new VectorIndex(DIMENSIONS);
        const notes = new Map<string, readonly number[]>();
        for (const [id, list] of history) {
          if (list) {
            put(index, id, list);
            notes.set(id, list);
          } else {
            index.removeNote(id);
            notes.delete(id);
          }
        }
        const all = [...notes.values()].flat();
        const distinct = new Set(all.map(String));
        expect(index.passageCount).toBe(all.length);
        expect(index.referenced()).toEqual(distinct);
        const query = vectors[at]!;
        const wanted = expected(notes, query);
        const hits = found(index, query);
        expect(hits).toHaveLength(wanted.length);
        hits.forEach(({ score }, i) => {
          expect(score).toBeCloseTo(wanted[i]!.score, 3);
        });
        for (const { note: id, hash } of hits) {
          expect(notes.get(id)!.map(String)).toContain(hash);
        }
        // The nearest passages, each with every note that holds it, once for each time.
        const near = index.nearest(query, limit);
        expect(near.slots).toHaveLength(Math.min(limit, distinct.size));
        for (const [i, slot] of [...near.slots].entries()) {
          const held = heldAt(index, slot);
          expect(near.dots[i]).toBeCloseTo(dot(stored(held.hash), query), 3);
          const holders = [...notes].flatMap(([id, list]) =>
            list.filter((one) => String(one) === held.hash).map(() => id),
          );
          expect(held.notes).toEqual(holders.sort());
        }
        // And of some notes only.
        const even = (id: string): boolean => Number(id.slice(5)) % 2 === 0;
        const among = index.nearest(query, 200, index.bitmapOf(even)).slots;
        const passagesOfEven = new Set([...notes].flatMap(([id, list]) => (even(id) ? list : [])));
        expect(among).toHaveLength(passagesOfEven.size);
      }),
      { seed: 8, numRuns: 200 },
    );
  });

  it('compares all where the nearest passages are of a note that takes no part', () => {
    const index = new VectorIndex(DIMENSIONS);
    const near = vectors.map((_, i) => i).slice(0, 3_000);
    put(index, 'long', near);
    for (let i = 3_000; i < 3_040; i++) put(index, `short ${i}`, [i]);
    const calibration = {
      version: 1,
      mean: new Float32Array(DIMENSIONS),
      unrelated: { mean: 0, deviation: 0.1 },
      similar: { mean: 1, deviation: 0.1 },
      weight: 0.6,
      floor: 0.4,
    };
    const match = new Meaning(index, { allUpTo: 100, nearest: 50, sampled: 10 }).match(
      vectors[0]!,
      calibration,
      { skip: 'long' },
    );
    const notes = [...match].map(([note]) => note);
    expect(notes).toHaveLength(40);
    expect(notes).not.toContain('long');
  });

  it('holds a passage once, however many notes have it', () => {
    const index = new VectorIndex(4);
    const one = quantise(Float32Array.of(1, 0, 0, 0));
    for (const note of ['a', 'b']) {
      index.setNote({ note, revision: 1, passages: passages([1, 1, 1]) }, () => one);
    }
    expect([index.slotsInUse, index.passageCount]).toEqual([1, 6]);
    expect(heldAt(index, 0 as VectorSlot).notes).toEqual(['a', 'a', 'a', 'b', 'b', 'b']);
    index.removeNote('a');
    expect(heldAt(index, 0 as VectorSlot).notes).toEqual(['b', 'b', 'b']);
    index.removeNote('b');
    expect([index.slotsInUse, index.passageCount]).toEqual([0, 0]);
  });

  it('answers the same after it was compacted', () => {
    const index = new VectorIndex(DIMENSIONS);
    for (let n = 0; n < 1_000; n++) put(index, `note ${n}`, [4 * n, 4 * n + 1, 4 * n + 2, n]);
    const slots = index.slots;
    const seen = index.changes;
    for (let n = 0; n < 1_000; n++) if (n % 10) index.removeNote(`note ${n}`);
    put(index, 'new', [3, 3_999]);
    expect(index.slots).toBeLessThan(slots / 2);
    // Whoever keeps something by slot has to begin anew.
    expect(index.changes).toBeGreaterThan(seen);
    expect(index.changedSince(seen)).toBeNull();
    const notes = new Map<string, number[]>([['new', [3, 3_999]]]);
    for (let n = 0; n < 1_000; n += 10) notes.set(`note ${n}`, [4 * n, 4 * n + 1, 4 * n + 2, n]);
    for (const query of vectors.slice(0, 20)) {
      const wanted = expected(notes, query);
      const hits = found(index, query);
      expect(hits).toHaveLength(wanted.length);
      hits.forEach(({ score }, i) => {
        expect(score).toBeCloseTo(wanted[i]!.score, 3);
      });
    }
    const mean = index.meanOf('new')!;
    expect(Math.hypot(...mean)).toBeCloseTo(1, 5);
    const sum = stored('3').map((x, i) => x + stored('3999')[i]!);
    expect(dot(mean, sum) / Math.hypot(...sum)).toBeCloseTo(1, 4);
  });

  it('centres by the mean it is given, in the background', () => {
    const index = new VectorIndex(DIMENSIONS);
    for (let n = 0; n < 3_000; n++) put(index, `note ${n}`, [n]);
    const mean = index.meanOfAll();
    index.setMean(mean);
    while (!index.recode());
    const query = vectors[3_500]!;
    const { slots, scores, dots } = index.nearest(query, 1);
    const top = stored(heldAt(index, slots[0]!).hash);
    const less = (v: Float32Array) => v.map((x, i) => x - mean[i]!);
    const [q, c] = [less(query), less(top)];
    expect(scores[0]).toBeCloseTo(dot(q, c) / Math.hypot(...q) / Math.hypot(...c), 3);
    expect(dots[0]).toBeCloseTo(dot(query, top), 3);
    const best = Math.max(
      ...vectors.slice(0, 3_000).map((v) => {
        const other = less(dequantise(quantise(v)));
        return dot(q, other) / Math.hypot(...q) / Math.hypot(...other);
      }),
    );
    expect(scores[0]).toBeCloseTo(best, 3);
  });
});
