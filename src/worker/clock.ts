/** Time as the worker's parts receive it, so that tests can hold it still. */
export interface Clock {
  /** Monotonic, ms: for waits and measurements. */
  ticks(): number;
  /** Wall clock, ms since 1970: for what is stored. */
  now(): number;
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

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Lets queued messages in (a query, a cancel) without the 4 ms that nested timers cost. */
export function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(0);
  });
}
