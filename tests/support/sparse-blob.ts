/**
 * A Blob that holds its long runs of zeros as numbers: archives beyond 4 GB, which a browser lays
 * on disk and Node's own Blob refuses. Only what the app asks of a Blob.
 */
type Part = Uint8Array<ArrayBuffer> | { zeros: number };

const NONE = Buffer.alloc(4 * 2 ** 20);
/** Of a run of zeros that is worth a number, bytes. */
const LONG = 4096;

const lengthOf = (part: Part): number => (part instanceof Uint8Array ? part.length : part.zeros);

const cut = (part: Part, from: number, to: number): Part =>
  part instanceof Uint8Array ? part.subarray(from, to) : { zeros: to - from };

const sparse = (bytes: Uint8Array<ArrayBuffer>): Part =>
  bytes.length >= LONG && bytes.length <= NONE.length && NONE.indexOf(bytes) === 0
    ? { zeros: bytes.length }
    : bytes;

export class SparseBlob {
  readonly size: number;
  readonly #parts: Part[];

  constructor(parts: (SparseBlob | Part)[] = []) {
    this.#parts = parts.flatMap((part) => {
      if (part instanceof SparseBlob) return part.#parts;
      return [part instanceof Uint8Array ? sparse(part) : part];
    });
    this.size = this.#parts.reduce((sum, part) => sum + lengthOf(part), 0);
  }

  slice(from = 0, to = this.size): SparseBlob {
    const found: Part[] = [];
    let at = 0;
    for (const part of this.#parts) {
      const end = at + lengthOf(part);
      if (end > from && at < to)
        found.push(cut(part, Math.max(0, from - at), Math.min(end, to) - at));
      at = end;
    }
    return new SparseBlob(found);
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const whole = new Uint8Array(this.size);
    let at = 0;
    for (const part of this.#parts) {
      if (part instanceof Uint8Array) whole.set(part, at);
      at += lengthOf(part);
    }
    return whole.buffer;
  }
}

/** Runs `work` with these in place of the platform's. */
export async function withSparseBlobs<T>(work: () => Promise<T>): Promise<T> {
  const platform = globalThis.Blob;
  globalThis.Blob = SparseBlob as unknown as typeof Blob;
  try {
    return await work();
  } finally {
    globalThis.Blob = platform;
  }
}
