import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantise } from '../../src/worker/model/quantise.ts';
import { KERNEL_SOURCE_SHA256 } from '../../src/worker/search/kernel/kernel-bytes.ts';
import { compiledKernel } from '../../src/worker/search/kernel/kernel-module.ts';
import { PlainVectorStore } from '../../src/worker/search/kernel/plain-store.ts';
import type { Measure, VectorStore } from '../../src/worker/search/kernel/vector-store.ts';
import { WasmVectorStore } from '../../src/worker/search/kernel/wasm-store.ts';
import { clusteredVectors, exactNearest, randomOf } from '../support/vectors.ts';

const wasm = (dimensions: number) => new WasmVectorStore(dimensions, compiledKernel()!);
const both = (dimensions: number): [VectorStore, VectorStore] => [
  wasm(dimensions),
  new PlainVectorStore(dimensions),
];
const fill = (store: VectorStore, vectors: readonly Float32Array[]) => {
  for (const vector of vectors) {
    const { codes, scale } = quantise(vector);
    store.add(codes, scale);
  }
};

it('was compiled from the source as it is', () => {
  const source = readFileSync(new URL('../../kernel/search.ts', import.meta.url));
  const hash = createHash('sha256').update(source).digest('hex');
  expect(KERNEL_SOURCE_SHA256, 'run `node scripts/kernel.mjs`').toBe(hash);
});

describe('kernel and oracle', () => {
  const measures: Measure[] = ['raw', 'centred'];
  type Step =
    | { do: 'add'; seed: number }
    | { do: 'remove'; at: number }
    | { do: 'mean'; seed: number }
    | { do: 'recode' };
  const steps = fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.record({ do: fc.constant('add' as const), seed: fc.nat() }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('remove' as const), at: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('mean' as const), seed: fc.nat() }) },
      { weight: 1, arbitrary: fc.constant({ do: 'recode' as const }) },
    ),
    { maxLength: 120 },
  );
  const dimensions = fc.constantFrom(1, 4, 63, 64, 65, 96, 384, 512, 700);

  function play(store: VectorStore, list: Step[]): void {
    for (const step of list) {
      if (step.do === 'remove') store.remove(store.slots ? step.at % store.slots : 0);
      else if (step.do === 'recode') store.recode(1);
      else {
        const random = randomOf(step.seed);
        const vector = Float32Array.from({ length: store.dimensions }, () => random() - 0.4);
        if (step.do === 'mean') store.setMean(vector.map((x) => x * 0.2));
        else fill(store, [vector]);
      }
    }
  }

  it('hold the same after any history, and score it the same, filtered or not', () => {
    fc.assert(
      fc.property(
        dimensions,
        steps,
        fc.nat(),
        fc.option(fc.uint8Array({ maxLength: 20 }), { nil: undefined }),
        (d, history, seed, filter) => {
          const [fast, plain] = both(d);
          for (const store of [fast, plain]) {
            play(store, history);
            store.recode(Number.POSITIVE_INFINITY);
          }
          expect([fast.size, fast.slots]).toEqual([plain.size, plain.slots]);
          const random = randomOf(seed);
          const query = Float32Array.from({ length: d }, () => random() - 0.4);
          for (const measure of measures) {
            const options = { measure, filter };
            const a = fast.topK(query, 10, options);
            const b = plain.topK(query, 10, options);
            expect(a.slots.length).toBe(b.slots.length);
            for (let i = 0; i < b.slots.length; i++) {
              // The kernel's query is int16: near-equal scores may change places, no more.
              expect(a.scores[i]).toBeCloseTo(b.scores[i]!, 2);
              expect(plain.score(a.slots[i]!, measure)).toBeCloseTo(b.scores[i]!, 2);
              expect(a.dots[i]).toBeCloseTo(fast.score(a.slots[i]!), 5);
            }
            const into = [new Float32Array(fast.slots), new Float32Array(fast.slots)] as const;
            const stats = fast.scanAll(query, into[0], options);
            const expected = plain.scanAll(query, into[1], options);
            expect(stats.count).toBe(expected.count);
            expect(stats.mean).toBeCloseTo(expected.mean, 2);
            expect(stats.deviation).toBeCloseTo(expected.deviation, 2);
            for (let slot = 0; slot < fast.slots; slot++) {
              if (Number.isFinite(into[1][slot])) {
                expect(into[0][slot]).toBeCloseTo(into[1][slot]!, 2);
              } else expect(into[0][slot]).toBe(Number.NEGATIVE_INFINITY);
            }
          }
        },
      ),
      { seed: 3, numRuns: 200 },
    );
  });

  it('tell the dot products of any slots, in any number', () => {
    const rows = clusteredVectors({ count: 2_000, dimensions: 65, seed: 9 });
    const [fast, plain] = both(65);
    for (const store of [fast, plain]) fill(store, rows);
    const random = randomOf(2);
    // More than one answer of the kernel holds, and some of them twice.
    const slots = Array.from({ length: 9_001 }, () => Math.floor(random() * rows.length));
    const found = [fast, plain].map((store) => {
      const into = new Float32Array(slots.length);
      store.dotsAt(rows[3]!, slots, into);
      return into;
    });
    for (const i of slots.keys()) expect(found[0]![i]).toBeCloseTo(found[1]![i]!, 3);
    const into = Float32Array.of(1);
    fast.dotsAt(new Float32Array(65).fill(Number.NaN), [0], into);
    expect([...into]).toEqual([0]);
  });

  it('give vectors and their mean back alike', () => {
    const vectors = clusteredVectors({ count: 2_500, dimensions: 100, seed: 4 });
    const [fast, plain] = both(100);
    for (const store of [fast, plain]) fill(store, vectors);
    const [a, b] = [new Float32Array(100), new Float32Array(100)];
    fast.read(2_400, a);
    plain.read(2_400, b);
    expect(a).toEqual(b);
    const [mean, expected] = [fast.meanOfAll(1_000), plain.meanOfAll(1_000)];
    mean.forEach((x, i) => {
      expect(x).toBeCloseTo(expected[i]!, 5);
    });
  });
});

describe('the first pass', () => {
  const count = 12_000;
  const vectors = clusteredVectors({ count: count + 50, dimensions: 512, seed: 5 });
  const queries = vectors.splice(count);
  const store = wasm(512);
  fill(store, vectors);
  const recall = () => {
    let hit = 0;
    for (const query of queries) {
      const near = new Set(exactNearest(vectors, query, 10));
      for (const slot of store.topK(query, 10).slots) if (near.has(slot)) hit++;
    }
    return hit / queries.length / 10;
  };

  it('finds the nearest ten of 12,000 in 99 of 100 cases', () => {
    store.setMean(store.meanOfAll(4_000));
    while (!store.recode(1));
    expect(recall()).toBeGreaterThanOrEqual(0.99);
  });

  it('is as good between one mean and the next', () => {
    store.setMean(store.meanOfAll(4_000).map((x, i) => (i % 2 ? x * 1.3 : x * 0.6)));
    store.recode(5_000);
    expect(store.recoded).toBe(false);
    expect(recall()).toBeGreaterThanOrEqual(0.985);
    while (!store.recode(1_000));
    store.setMean(store.meanOfAll(4_000));
    while (!store.recode(1_000));
  });

  it.each(['raw', 'centred'] as const)('gives %s scores in order, the best first', (measure) => {
    const { slots, scores } = store.topK(queries[0]!, 500, { measure });
    expect(slots).toHaveLength(500);
    expect(new Set(slots).size).toBe(500);
    for (let i = 1; i < scores.length; i++) expect(scores[i]! <= scores[i - 1]!).toBe(true);
    expect(scores[0]).toBeCloseTo(store.score(slots[0]!, measure), 6);
  });

  it('keeps to a filter, whatever part it lets through', () => {
    for (const every of [2, 7, 64, 500, count + 1]) {
      const filter = new Uint8Array(Math.ceil(count / 8));
      for (let slot = 0; slot < count; slot += every) filter[slot >> 3]! |= 1 << (slot & 7);
      const { slots } = store.topK(queries[1]!, 20, { filter });
      expect(slots.length).toBe(Math.min(20, Math.ceil(count / every)));
      for (const slot of slots) expect(slot % every).toBe(0);
    }
    expect(store.topK(queries[1]!, 20, { filter: new Uint8Array() }).slots).toHaveLength(0);
  });

  it('estimates what all scores are like from a sample', () => {
    const all = store.scanAll(queries[2]!, new Float32Array(store.slots));
    const some = store.stats(queries[2]!, 4_096);
    expect(some.count).toBeGreaterThanOrEqual(4_096);
    expect(some.mean).toBeCloseTo(all.mean, 1);
    expect(some.deviation / all.deviation).toBeCloseTo(1, 1);
  });

  it('copes with any number of equal vectors', () => {
    const same = wasm(512);
    for (let i = 0; i < 70_000; i++) fill(same, [vectors[0]!]);
    expect([...same.topK(vectors[0]!, 3).slots]).toEqual([0, 1, 2]);
  });

  it('makes room for another thousand without moving the rest', () => {
    const before = store.bytes;
    fill(store, vectors.slice(0, 1_000));
    expect(store.bytes - before).toBeLessThan(1_300_000);
    expect(store.bytes / store.size).toBeLessThan(700);
  });
});

describe('VectorStore', () => {
  const bad: [string, Int8Array, number][] = [
    ['another length', new Int8Array(3), 1],
    ['no scale', new Int8Array(4), Number.NaN],
    ['a boundless scale', new Int8Array(4), 1e300],
  ];
  it.each(bad)('takes no vector of %s', (_, codes, scale) => {
    for (const store of both(4)) {
      expect(store.add(codes, scale)).toBe(-1);
      expect(store.size).toBe(0);
    }
  });

  it('finds nothing for a query it cannot use', () => {
    for (const store of both(4)) {
      fill(store, [Float32Array.of(1, 0, 0, 0)]);
      const into = new Float32Array(1);
      for (const query of [new Float32Array(3), Float32Array.of(1, Number.NaN, 0, 0)]) {
        expect(store.topK(query, 5).slots).toHaveLength(0);
        expect(store.scanAll(query, into).count).toBe(0);
        expect(into[0]).toBe(Number.NEGATIVE_INFINITY);
      }
      expect(store.topK(new Float32Array(4), 5).scores[0]).toBe(0);
      expect(store.topK(Float32Array.of(1, 0, 0, 0), 0).slots).toHaveLength(0);
    }
  });

  it('uses freed slots again, and says when there was nothing to remove', () => {
    for (const store of both(4)) {
      fill(store, [Float32Array.of(1, 0, 0, 0), Float32Array.of(0, 1, 0, 0)]);
      expect(store.remove(0)).toBe(true);
      expect([store.remove(0), store.remove(9), store.remove(-1)]).toEqual([false, false, false]);
      expect(store.add(new Int8Array(4), 1)).toBe(0);
    }
  });

  it('gives memory back after most is gone, with the rest as it was', () => {
    const vectors = clusteredVectors({ count: 6_000, dimensions: 64, seed: 6 });
    for (const store of both(64)) {
      fill(store, vectors);
      store.setMean(store.meanOfAll(1_000));
      store.recode(Number.POSITIVE_INFINITY);
      expect(store.compact()).toBeNull();
      for (let slot = 0; slot < 6_000; slot++) if (slot % 5) store.remove(slot);
      const before = store.topK(vectors[0]!, 20, { measure: 'centred' });
      const found = [...before.slots];
      const scores = [...before.scores];
      const bytes = store.bytes;
      const moved = store.compact()!;
      expect([store.size, store.slots]).toEqual([1_200, 1_200]);
      expect(store.bytes).toBeLessThanOrEqual(bytes);
      expect([moved[0], moved[1], moved[5]]).toEqual([0, -1, 1]);
      const after = store.topK(vectors[0]!, 20, { measure: 'centred' });
      expect([...after.slots]).toEqual(found.map((slot) => moved[slot]));
      after.scores.forEach((score, i) => {
        expect(score).toBeCloseTo(scores[i]!, 5);
      });
    }
  });
});
