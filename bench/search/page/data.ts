/**
 * The same seeded vectors for everybody, made row by row, so that a million need not lie in memory.
 * Like those of a model: a part common to all (.6 of the length), about 60 rows a cluster, noise.
 */
export const DIMENSIONS = 512;
const POOL = 1 << 20;
const ROWS_A_CLUSTER = 60;
const COMMON = 0.75;
const NOISE = 0.8;

function hash(n: number): number {
  let x = (n + 0x9e3779b9) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

/** Normal values of variance 1/512; a vector's noise is a range of them. */
const pool = new Float32Array(POOL);
for (let i = 0; i < POOL; i++) {
  const radius = Math.sqrt(-2 * Math.log(1 - hash(2 * i) / 2 ** 32));
  const angle = (2 * Math.PI * hash(2 * i + 1)) / 2 ** 32;
  pool[i] = (radius * Math.cos(angle)) / Math.sqrt(DIMENSIONS);
}

function normalise(vector: Float32Array): void {
  let square = 0;
  for (let i = 0; i < vector.length; i++) square += vector[i]! * vector[i]!;
  const factor = 1 / Math.sqrt(square);
  for (let i = 0; i < vector.length; i++) vector[i] = vector[i]! * factor;
}

const centre = new Float32Array(DIMENSIONS);
function write(id: number, clusters: number, into: Float32Array): void {
  const cluster = hash(hash(id) ^ 0x51ed27) % clusters;
  const from = hash(cluster ^ 0x2c1b3c6d) % (POOL - DIMENSIONS);
  for (let i = 0; i < DIMENSIONS; i++) centre[i] = COMMON * pool[i]! + pool[from + i]!;
  normalise(centre);
  const noise = hash(id ^ 0x165667b1) % (POOL - DIMENSIONS);
  for (let i = 0; i < DIMENSIONS; i++) into[i] = centre[i]! + NOISE * pool[noise + i]!;
  normalise(into);
}

export class Data {
  readonly size: number;
  readonly #clusters: number;
  constructor(size: number) {
    this.size = size;
    this.#clusters = Math.max(1, Math.round(size / ROWS_A_CLUSTER));
  }

  row(id: number, into = new Float32Array(DIMENSIONS)): Float32Array {
    write(id, this.#clusters, into);
    return into;
  }

  rows(from: number, count: number): Float32Array[] {
    return Array.from({ length: Math.min(count, this.size - from) }, (_, i) => this.row(from + i));
  }

  /** Of the same clusters, but none of the rows. */
  queries(count: number): Float32Array[] {
    return Array.from({ length: count }, (_, i) => this.row(0x40000000 + i));
  }

  /** The `k` nearest rows of each query by float32 dot product, exactly. */
  nearest(queries: readonly Float32Array[], k: number): number[][] {
    const best = queries.map(() => [] as { id: number; score: number }[]);
    const row = new Float32Array(DIMENSIONS);
    for (let id = 0; id < this.size; id++) {
      this.row(id, row);
      for (const [q, query] of queries.entries()) {
        let score = 0;
        for (let i = 0; i < DIMENSIONS; i++) score += query[i]! * row[i]!;
        const list = best[q]!;
        if (list.length === k && score <= list[k - 1]!.score) continue;
        if (list.length === k) list.pop();
        const at = list.findIndex((other) => other.score < score);
        list.splice(at < 0 ? list.length : at, 0, { id, score });
      }
    }
    return best.map((list) => list.map(({ id }) => id));
  }
}
