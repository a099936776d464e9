/**
 * One inference at a time, queries before slices: a query waits for the slice under way at most.
 */
export class InferenceQueue {
  #busy = false;
  readonly #queries: (() => void)[] = [];
  readonly #slices: (() => void)[] = [];

  /**
   * Runs `work` when it is its turn, first come first served within a kind.
   * @returns what it returns; its failure does not stop the queue
   */
  async run<T>(kind: 'query' | 'slice', work: () => Promise<T>): Promise<T> {
    if (this.#busy) {
      await new Promise<void>((resolve) => {
        (kind === 'query' ? this.#queries : this.#slices).push(resolve);
      });
    }
    this.#busy = true;
    try {
      return await work();
    } finally {
      const next = this.#queries.shift() ?? this.#slices.shift();
      // Handed over without becoming free, or a new request could come in between.
      if (next) next();
      else this.#busy = false;
    }
  }
}
