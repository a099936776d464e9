/** How far back the chart reaches, ms. */
export const SPAN_MS = 5 * 60_000;
/** What one point of it is the mean of, ms. */
const BIN_MS = 5_000;

interface Reading {
  /** Of a clock that only goes forward, ms. */
  at: number;
  embedded: number;
}

export interface Series {
  /** Ends of the bins, seconds before now: from −300 to 0. */
  seconds: number[];
  /** Passages a second; null where nothing was read yet. */
  rates: (number | null)[];
  /** Passages embedded within what was read. */
  total: number;
}

/** Passages embedded a second, from a counter that is read now and then. Pure. */
export class Throughput {
  #readings: Reading[] = [];

  /**
   * Takes a reading.
   * @param at epoch ms
   * @param embedded passages so far; less than before starts over
   */
  add(at: number, embedded: number): void {
    const last = this.#readings.at(-1);
    // Less than before: counted again, as after the storage was cleared.
    if (last && embedded < last.embedded) this.#readings = [];
    this.#readings.push({ at, embedded });
    // One reading before the span: the line comes in from there.
    const second = this.#readings[1];
    if (second && second.at <= at - SPAN_MS - BIN_MS) this.#readings.shift();
  }

  /** Bins keep their ends while time goes on, so that the line moves and does not tremble. */
  series(now: number): Series {
    const end = Math.floor(now / BIN_MS) * BIN_MS;
    const seconds: number[] = [];
    const rates: (number | null)[] = [];
    for (let to = end - SPAN_MS + BIN_MS; to <= end; to += BIN_MS) {
      const before = this.#at(to - BIN_MS);
      const after = this.#at(to);
      seconds.push((to - end) / 1000);
      rates.push(before === null || after === null ? null : ((after - before) / BIN_MS) * 1000);
    }
    const last = this.#readings.at(-1)?.embedded ?? 0;
    const first = this.#at(now - SPAN_MS) ?? this.#readings[0]?.embedded ?? 0;
    return { seconds, rates, total: Math.round(last - first) };
  }

  /** Between two readings the work counts as spread evenly. */
  #at(time: number): number | null {
    const next = this.#readings.findIndex(({ at }) => at >= time);
    const after = this.#readings[next];
    if (!after) return null;
    if (after.at === time) return after.embedded;
    const before = this.#readings[next - 1];
    if (!before) return null;
    const share = (time - before.at) / (after.at - before.at);
    return before.embedded + share * (after.embedded - before.embedded);
  }
}
