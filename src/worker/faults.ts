/**
 * The fault port: tests break the worker at named points. It exists only in a `--mode test` build;
 * elsewhere `__FAULTS__` is false and the bundler drops all but `noFaults`.
 */
import { FAULTS } from '../build-id.ts';

/**
 * `start`: before the greeting. `begun`: attempts written. `slice`: before inference. `commit`,
 * `committed`: around the commit.
 */
export type FaultPoint = 'start' | 'begun' | 'slice' | 'commit' | 'committed';

export interface Fault {
  at: FaultPoint;
  /**
   * `throw`, `reject`: an exception, a rejected promise. `die`: the worker ends. `hang`: this await
   * never ends. `spin`: the thread is busy for `ms`. `oom`: more memory is asked for than there is.
   */
  act: 'throw' | 'reject' | 'die' | 'hang' | 'spin' | 'oom';
  /** Passes that are let through before. */
  after?: number;
  times: number;
  /** Only when this text is in one of the passages at hand. */
  text?: string;
  ms?: number;
}

/** What a worker tells the test on the channel. */
export interface FaultHit {
  faults: 'hit';
  at: FaultPoint;
  act: Fault['act'];
}

export type Faults = (at: FaultPoint, texts?: () => string[]) => void | Promise<void>;

/** BroadcastChannel by which a test breaks a worker that runs already. */
export const FAULT_CHANNEL = 'findling-faults';

/** What a build without faults has: every point passes. */
export const noFaults: Faults = () => {};

/**
 * The fault that is injected into this pass, if any: its passes and times are counted down in
 * `list`.
 */
export function takeFault(
  list: Fault[],
  at: FaultPoint,
  texts?: () => string[],
): Fault | undefined {
  const fault = list.find(
    (f) => f.at === at && f.times > 0 && (!f.text || texts?.().some((t) => t.includes(f.text!))),
  );
  if (!fault) return undefined;
  if ((fault.after ?? 0) > 0) {
    fault.after!--;
    return undefined;
  }
  fault.times--;
  return fault;
}

/** `list`: what is to break in this worker. */
export function openFaults(list: Fault[] = []): Faults {
  if (!FAULTS || list.length === 0) return noFaults;
  const channel = new BroadcastChannel(FAULT_CHANNEL);
  return (at, texts) => {
    const fault = takeFault(list, at, texts);
    if (!fault) return;
    channel.postMessage({ faults: 'hit', at, act: fault.act } satisfies FaultHit);
    return commit(fault);
  };
}

function commit({ act, ms = 0 }: Fault): void | Promise<void> {
  switch (act) {
    case 'throw':
      throw new Error('fault: thrown');
    case 'reject':
      return Promise.reject(new Error('fault: rejected'));
    case 'oom':
      // The browser's own refusal, as the runtime meets it: a RangeError.
      void new ArrayBuffer(2 ** 45);
      throw new Error('fault: there was that much memory');
    case 'hang':
      return new Promise(() => {});
    case 'die':
      self.close();
      return new Promise(() => {});
    case 'spin': {
      const end = performance.now() + ms;
      while (performance.now() < end);
      return;
    }
  }
}
