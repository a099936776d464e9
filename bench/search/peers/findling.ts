/** The product's own store, fed with floats as the model gives them. */
import { quantise } from '../../../src/worker/model/quantise.ts';
import { openVectorStore } from '../../../src/worker/search/kernel/open-store.ts';
import type { VectorStore } from '../../../src/worker/search/kernel/vector-store.ts';
import type { Peer } from '../page/main.ts';
import { getAll, putAll } from '../page/store.mjs';

/** As `Resident` does after loading. */
function centre(store: VectorStore): void {
  store.setMean(store.meanOfAll(20_000));
  store.recode(Number.POSITIVE_INFINITY);
}

/** Beyond this a second copy to save from would take more than the index. */
const MOST_SAVED = 200_000;

export function open(dimensions: number, size: number): Peer {
  const store = openVectorStore(dimensions);
  /** In segments of 1,000: the product keeps a record a passage, which starts more slowly. */
  const segments: { codes: Int8Array; scales: Float32Array }[] = [];
  return {
    add(rows) {
      const kept = size <= MOST_SAVED;
      const codesOf = new Int8Array(kept ? rows.length * dimensions : 0);
      const scales = new Float32Array(rows.length);
      rows.forEach((row, i) => {
        const { codes, scale } = quantise(row);
        store.add(codes, scale);
        if (kept) codesOf.set(codes, i * dimensions);
        scales[i] = scale;
      });
      if (kept) segments.push({ codes: codesOf, scales });
    },
    insert(rows) {
      for (const row of rows) {
        const { codes, scale } = quantise(row);
        store.add(codes, scale);
      }
    },
    finish: () => centre(store),
    search: (query, k) => store.topK(query, k).slots,
    bytes: () => store.bytes,
    save: size <= MOST_SAVED ? () => putAll(segments) : undefined,
    async restore() {
      const anew = openVectorStore(dimensions);
      for (const { codes, scales } of (await getAll()) as typeof segments) {
        for (let i = 0; i < scales.length; i++) {
          anew.add(codes.subarray(i * dimensions, (i + 1) * dimensions), scales[i]!);
        }
      }
      centre(anew);
      return { add() {}, search: (query, k) => anew.topK(query, k).slots };
    },
  };
}
