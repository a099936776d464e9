/** Time as parts receive it, so that tests can hold it still. */
export interface Clock {
  /** Monotonic, ms: for waits and measurements. */
  ticks(): number;
  /** Wall clock, ms since 1970: for what is stored. */
  now(): number;
  /** Runs it once after so many ms. @returns how to call it off */
  after(ms: number, run: () => void): () => void;
}

export const realClock: Clock = {
  ticks: () => performance.now(),
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves after so many ms of this clock. */
export const pauseOf = ({ after }: Pick<Clock, 'after'>, ms: number): Promise<void> =>
  new Promise((resolve) => after(ms, resolve));
