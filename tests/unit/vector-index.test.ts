import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dequantise, quantise } from '../../src/worker/model/quantise.ts';
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

/** The best passage of each note, from plain objects alone. */
function expected(notes: ReadonlyMap<string, readonly number[]>, query: Float32Array) {
  const best: { note: string; score: number }[] = [];
  for (const [note, hashes] of notes) {
    const scores = hashes.map((hash) => {
      const vector = dequantise(lookUp(String(hash))!);
      return vector.reduce((sum, x, i) => sum + x * query[i]!, 0);
    });
    if (scores.length > 0) best.push({ note, score: Math.max(...scores) });
  }
  return best.sort((a, b) => b.score - a.score);
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
        expect(index.passageCount).toBe(all.length);
        expect(index.referenced()).toEqual(new Set(all.map(String)));
        const query = vectors[at]!;
        const wanted = expected(notes, query);
        const found = index.search(query, limit);
        expect(found).toHaveLength(Math.min(limit, wanted.length));
        found.forEach(({ score }, i) => {
          expect(score).toBeCloseTo(wanted[i]!.score, 3);
        });
        for (const { note: id, passage } of found) {
          expect(notes.get(id)!.map(String)).toContain(passage.hash);
        }
        const everyNote = index.bestPassages(index.scan(query));
        expect(everyNote.map((one) => one.note).sort()).toEqual(
          wanted.map((one) => one.note).sort(),
        );
      }),
      { seed: 8, numRuns: 200 },
    );
  });

  it('leaves out the note it is to skip, and still finds enough', () => {
    const index = new VectorIndex(DIMENSIONS);
    const near = vectors.map((_, i) => i).slice(0, 3_000);
    put(index, 'long', near);
    for (let i = 3_000; i < 3_040; i++) put(index, `short ${i}`, [i]);
    const found = index.search(vectors[0]!, 10, 'long');
    expect(found).toHaveLength(10);
    expect(found.some(({ note }) => note === 'long')).toBe(false);
  });

  it('scans all when a note holds more near passages than one answer has', () => {
    const index = new VectorIndex(4);
    const one = quantise(Float32Array.of(1, 0, 0, 0));
    const many = passages(Array.from({ length: 5_000 }, (_, i) => i));
    index.setNote({ note: 'long', revision: 1, passages: many }, () => one);
    index.setNote({ note: 'far', revision: 1, passages: passages([9_000]) }, () =>
      quantise(Float32Array.of(0, 1, 0, 0)),
    );
    const found = index.search(Float32Array.of(1, 0, 0, 0), 2);
    expect(found.map(({ note }) => note)).toEqual(['long', 'far']);
  });

  it('answers the same after it was compacted', () => {
    const index = new VectorIndex(DIMENSIONS);
    for (let n = 0; n < 1_000; n++) put(index, `note ${n}`, [4 * n, 4 * n + 1, 4 * n + 2, n]);
    const bytes = index.bytes;
    for (let n = 0; n < 1_000; n++) if (n % 10) index.removeNote(`note ${n}`);
    put(index, 'new', [3, 3_999]);
    expect(index.bytes).toBeLessThan(bytes);
    const notes = new Map<string, number[]>([['new', [3, 3_999]]]);
    for (let n = 0; n < 1_000; n += 10) notes.set(`note ${n}`, [4 * n, 4 * n + 1, 4 * n + 2, n]);
    for (const query of vectors.slice(0, 20)) {
      const wanted = expected(notes, query);
      index.search(query, 5).forEach(({ score }, i) => {
        expect(score).toBeCloseTo(wanted[i]!.score, 3);
      });
    }
    const mean = index.meanOf('new')!;
    expect(Math.hypot(...mean)).toBeCloseTo(1, 5);
  });

  it('centres by the mean it is given, in the background', () => {
    const index = new VectorIndex(DIMENSIONS);
    for (let n = 0; n < 3_000; n++) put(index, `note ${n}`, [n]);
    const mean = index.meanOfAll();
    index.setMean(mean);
    while (!index.recode());
    const query = vectors[3_500]!;
    const top = index.search(query, 1, undefined, 'centred')[0]!;
    const p = dequantise(lookUp(top.passage.hash)!);
    const less = (v: Float32Array) => v.map((x, i) => x - mean[i]!);
    const [q, c] = [less(query), less(p)];
    const dot = q.reduce((sum, x, i) => sum + x * c[i]!, 0);
    expect(top.score).toBeCloseTo(dot / Math.hypot(...q) / Math.hypot(...c), 3);
    const { count, deviation } = index.stats(query, 'centred');
    expect(count).toBe(3_000);
    expect(deviation).toBeGreaterThan(0.05);
  });
});
