/** Small sums on vectors. Pure. */

/** Of two vectors of one size, of any length; 0 where one is all zeros. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0;
}

/** The least cosine of rows in the same place; 0 where one has more than the other. */
export const agreement = (a: readonly Float32Array[], b: readonly Float32Array[]): number =>
  a.length === b.length ? Math.min(...a.map((row, i) => cosine(row, b[i]!))) : 0;

/** The largest difference between components in the same place. */
export function farthest(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  let most = 0;
  a.forEach((row, r) => {
    for (let i = 0; i < row.length; i++) most = Math.max(most, Math.abs(row[i]! - b[r]![i]!));
  });
  return most;
}
