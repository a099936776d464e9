import { normal, seeded } from './seeded.ts';

/** Components that are left: distances keep within a tenth or so (Johnson, Lindenstrauss). */
export const PROJECTED = 64;

/**
 * A random projection, the same for every map: neighbours among thousands are looked for in an
 * eighth of the components.
 * @returns writes a vector of `dimensions` as one of `PROJECTED`, of unit length, into `into[at…]`
 */
export function projection(
  dimensions: number,
): (vector: Float32Array, mean: Float32Array, into: Float32Array, at: number) => void {
  const random = seeded(dimensions);
  const matrix = Float32Array.from({ length: PROJECTED * dimensions }, () => normal(random));
  const centred = new Float32Array(dimensions);
  return (vector, mean, into, at) => {
    // What all vectors have in common says nothing of a note, and takes most of their length.
    for (let i = 0; i < dimensions; i++) centred[i] = vector[i]! - mean[i]!;
    let square = 0;
    for (let row = 0; row < PROJECTED; row++) {
      let sum = 0;
      const from = row * dimensions;
      for (let i = 0; i < dimensions; i++) sum += matrix[from + i]! * centred[i]!;
      into[at + row] = sum;
      square += sum * sum;
    }
    const length = Math.sqrt(square) || 1;
    for (let row = 0; row < PROJECTED; row++) into[at + row] = into[at + row]! / length;
  };
}

/**
 * The two directions in which rows differ most, by power iteration; no randomness, so the same rows
 * lie the same way up each time.
 * @param vectors [n][dimensions]
 * @returns [n][2], within −10…10 as UMAP wants its start
 */
export function principalPlane(
  vectors: Float32Array,
  dimensions: number,
  rows: readonly number[],
): Float32Array {
  const mean = new Float64Array(dimensions);
  for (const row of rows) {
    for (let i = 0; i < dimensions; i++) mean[i]! += vectors[row * dimensions + i]! / rows.length;
  }
  const axes: Float64Array[] = [];
  const xy = new Float32Array(rows.length * 2);
  const along = (row: number, axis: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < dimensions; i++) {
      sum += (vectors[row * dimensions + i]! - mean[i]!) * axis[i]!;
    }
    return sum;
  };
  for (let which = 0; which < 2; which++) {
    let axis = Float64Array.from({ length: dimensions }, (_, i) => 1 / (1 + ((i + which) % 7)));
    for (let round = 0; round < 12; round++) {
      const next = new Float64Array(dimensions);
      for (const row of rows) {
        const share = along(row, axis);
        for (let i = 0; i < dimensions; i++) {
          next[i]! += share * (vectors[row * dimensions + i]! - mean[i]!);
        }
      }
      for (const former of axes) {
        const dot = next.reduce((sum, x, i) => sum + x * former[i]!, 0);
        for (let i = 0; i < dimensions; i++) next[i]! -= dot * former[i]!;
      }
      const length = Math.hypot(...next);
      if (length < 1e-9) break;
      axis = next.map((x) => x / length);
    }
    axes.push(axis);
    let most = 1e-9;
    rows.forEach((row, i) => {
      const place = along(row, axis);
      xy[2 * i + which] = place;
      most = Math.max(most, Math.abs(place));
    });
    for (let i = 0; i < rows.length; i++) xy[2 * i + which] = (xy[2 * i + which]! / most) * 10;
  }
  return xy;
}
