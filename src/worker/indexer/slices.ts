/**
 * Adaptive slices: how many passages to embed at once, so that one slice takes about `targetMs` on
 * this device, measured as it goes. Pure.
 */
export class SliceSizer {
  readonly #targetMs: number;
  readonly #most: number;
  /** Milliseconds a padded token, moving average. */
  #msPerToken = 0.2;
  #observed = 0;
  #longestMs = 0;

  constructor(targetMs: number, most = 32) {
    this.#targetMs = targetMs;
    this.#most = most;
  }

  /**
   * Where the slice that starts at `from` ends (exclusive). `lengths`: tokens a passage, ascending,
   * so that the last one of a slice is what all are padded to. At least one passage. `targetMs`: a
   * shorter time, where somebody waits.
   */
  end(lengths: readonly number[], from: number, targetMs = this.#targetMs): number {
    let to = from + 1;
    while (to < lengths.length && to - from < this.#most) {
      const padded = (to + 1 - from) * lengths[to]!;
      if (padded * this.#msPerToken > targetMs) break;
      to++;
    }
    return to;
  }

  /** `tokens`: padded tokens of the slice, passages × longest. */
  observe(tokens: number, ms: number): void {
    if (tokens <= 0 || !(ms >= 0)) return;
    const weight = this.#observed === 0 ? 1 : 0.2;
    this.#msPerToken += weight * (ms / tokens - this.#msPerToken);
    this.#observed++;
    this.#longestMs = Math.max(this.#longestMs, ms);
  }

  /** The longest slice seen, ms: how long silence is still healthy. */
  get longestMs(): number {
    return this.#longestMs;
  }
}
