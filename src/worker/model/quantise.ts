/** A unit vector as int8 with one scale: component i is `codes[i] * scale`. 516 bytes for 512-d. */
export interface Quantised {
  codes: Int8Array;
  scale: number;
}

export function quantise(vector: Float32Array): Quantised {
  let max = 0;
  for (const x of vector) max = Math.max(max, Math.abs(x));
  const scale = max / 127 || 1;
  const codes = new Int8Array(vector.length);
  for (let i = 0; i < vector.length; i++) codes[i] = Math.round(vector[i]! / scale);
  return { codes, scale };
}

/** Back to floats, and back to unit length: rounding costs about 4e-6 of cosine. */
export function dequantise({ codes, scale }: Quantised): Float32Array {
  const vector = new Float32Array(codes.length);
  let sum = 0;
  for (let i = 0; i < codes.length; i++) {
    const x = codes[i]! * scale;
    vector[i] = x;
    sum += x * x;
  }
  const length = Math.sqrt(sum) || 1;
  for (let i = 0; i < vector.length; i++) vector[i] = vector[i]! / length;
  return vector;
}
