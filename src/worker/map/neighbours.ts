/** The nearest rows of some, each with its distance, nearest first. */
export interface Neighbours {
  /** [rows asked][k], row numbers; −1 where there are fewer. */
  ids: Int32Array;
  /** [rows asked][k], Euclidean. */
  distances: Float32Array;
}

/**
 * Exact: every asked row against every candidate, `asked × among × dimensions` steps. A row is its
 * own neighbour where it is among the candidates.
 * @param vectors [n][dimensions], of unit length
 * @param onRow told how many rows are done, now and then
 */
export function nearest(
  vectors: Float32Array,
  dimensions: number,
  asked: readonly number[],
  among: readonly number[],
  k: number,
  onRow: (done: number) => void = () => {},
): Neighbours {
  const ids = new Int32Array(asked.length * k).fill(-1);
  const distances = new Float32Array(asked.length * k);
  // In a row of their own, candidates are read straight on.
  const candidates = new Float32Array(among.length * dimensions);
  among.forEach((row, i) => {
    candidates.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions);
  });
  const best = new Float32Array(k);
  asked.forEach((row, a) => {
    const at = a * k;
    const query = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    best.fill(Number.NEGATIVE_INFINITY);
    for (let c = 0, from = 0; c < among.length; c++, from += dimensions) {
      let dot = 0;
      for (let i = 0; i < dimensions; i++) dot += query[i]! * candidates[from + i]!;
      if (dot <= best[k - 1]!) continue;
      let place = k - 1;
      for (; place > 0 && best[place - 1]! < dot; place--) {
        best[place] = best[place - 1]!;
        ids[at + place] = ids[at + place - 1]!;
      }
      best[place] = dot;
      ids[at + place] = among[c]!;
    }
    for (let i = 0; i < k; i++) {
      distances[at + i] = ids[at + i]! < 0 ? 0 : Math.sqrt(Math.max(0, 2 - 2 * best[i]!));
    }
    if (a % 64 === 63) onRow(a + 1);
  });
  return { ids, distances };
}
