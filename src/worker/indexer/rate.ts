/**
 * Moving averages of the work: passages a second, and how long the rest of a run may take. Pure.
 */
export class Rate {
  #perSecond = 0;
  #msPerNote: number | null = null;

  /** A slice was embedded: moves the rate by a tenth of the difference. */
  slice(passages: number, ms: number): void {
    if (ms <= 0) return;
    const now = (passages / ms) * 1000;
    this.#perSecond = this.#perSecond === 0 ? now : this.#perSecond + 0.1 * (now - this.#perSecond);
  }

  /**
   * Notes were done, those that needed no inference included: moves the ETA by a fifth of the
   * difference.
   */
  notes(count: number, ms: number): void {
    if (count <= 0 || ms < 0) return;
    const now = ms / count;
    this.#msPerNote =
      this.#msPerNote === null ? now : this.#msPerNote + 0.2 * (now - this.#msPerNote);
  }

  /** Passages a second, moving average; 0 until something was measured. */
  get perSecond(): number {
    return this.#perSecond;
  }

  /** null until something was measured. */
  etaMs(left: number): number | null {
    return this.#msPerNote === null ? null : Math.round(left * this.#msPerNote);
  }
}
