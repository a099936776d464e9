/** Seeded vectors for the tests of search. */

/** Uniform from 0 to 1 (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Unit vectors like those of a model: a part common to all, about 60 to a cluster, and noise.
 */
export function clusteredVectors(of: {
  count: number;
  dimensions: number;
  seed: number;
}): Float32Array[] {
  const { count, dimensions } = of;
  const random = randomOf(of.seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const near = (centre: Float32Array | undefined, share: number, noise: number) => {
    const vector = new Float32Array(dimensions);
    const unit = noise / Math.sqrt(dimensions);
    for (let i = 0; i < dimensions; i++) vector[i] = share * (centre?.[i] ?? 0) + unit * normal();
    const length = Math.hypot(...vector) || 1;
    return vector.map((x) => x / length);
  };
  const common = near(undefined, 0, 1);
  const clusters = Math.max(1, Math.round(count / 60));
  const centres = Array.from({ length: clusters }, () => near(common, 0.75, 1));
  return Array.from({ length: count }, () =>
    near(centres[Math.floor(random() * clusters)], 1, 0.8),
  );
}

/** Indices of the `k` rows with the greatest dot product, exactly. */
export function exactNearest(rows: readonly Float32Array[], query: Float32Array, k: number) {
  const scores = rows.map((row) => {
    let dot = 0;
    for (let i = 0; i < row.length; i++) dot += row[i]! * query[i]!;
    return dot;
  });
  const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
  return order.slice(0, k);
}
