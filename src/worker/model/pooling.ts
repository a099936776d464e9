import type { Pooling } from '../../storage/models/description.ts';

/**
 * Sentence vectors from token vectors. Pure.
 * @param hidden `last_hidden_state`, [lengths.length][tokens][width] floats
 * @param lengths tokens of each row; what comes after is padding
 * @param dimensions how many components are kept, at most `width` (Matryoshka)
 * @returns rows of `dimensions` floats, L2-normalised, in one array; a null vector stays one
 */
export function pool(
  hidden: Float32Array,
  tokens: number,
  width: number,
  lengths: readonly number[],
  pooling: Pooling,
  dimensions: number,
): Float32Array {
  const rows = new Float32Array(lengths.length * dimensions);
  lengths.forEach((length, r) => {
    const row = rows.subarray(r * dimensions, (r + 1) * dimensions);
    const [from, to] =
      pooling === 'mean' ? [0, length] : pooling === 'cls' ? [0, 1] : [length - 1, length];
    for (let t = from; t < to; t++) {
      const at = (r * tokens + t) * width;
      for (let i = 0; i < dimensions; i++) row[i]! += hidden[at + i]!;
    }
    normalise(row);
  });
  return rows;
}

/** The first `dimensions` of each row's `width` components, brought to length one. */
export function cut(rows: Float32Array, width: number, dimensions: number): Float32Array {
  const count = rows.length / width;
  const short = new Float32Array(count * dimensions);
  for (let r = 0; r < count; r++) {
    const row = short.subarray(r * dimensions, (r + 1) * dimensions);
    row.set(rows.subarray(r * width, r * width + dimensions));
    normalise(row);
  }
  return short;
}

/** In place, to length one. */
function normalise(row: Float32Array): void {
  const length = Math.hypot(...row);
  if (length > 0) for (let i = 0; i < row.length; i++) row[i]! /= length;
}
