import type { WorkerClock } from '../../../src/worker/clock.ts';
import type { Process } from './process.ts';
import { settle, task } from './tasks.ts';

interface Timer {
  at: number;
  serial: number;
  process: Process;
  run: () => void;
}

/** When all worlds begin, ms since 1970. */
const EPOCH = Date.UTC(2026, 0, 1);

/** Time that passes only when told to. All processes have the same ticks; a wall clock may jump. */
export class Time {
  #now = 0;
  #serial = 0;
  #timers = new Set<Timer>();
  /** How wrong the wall clock is, ms. */
  wrongBy = 0;

  get ticks(): number {
    return this.#now;
  }

  clockOf(process: Process): WorkerClock {
    return {
      ticks: () => this.#now,
      now: () => EPOCH + Math.round(this.#now) + this.wrongBy,
      after: (ms, run) => this.after(process, ms, run),
      yieldToMessages: () =>
        new Promise((resolve) => {
          task(() => process.enter(resolve));
        }),
    };
  }

  after(process: Process, ms: number, run: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), serial: ++this.#serial, process, run };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  #next(until: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.process.dead) this.#timers.delete(timer);
      else if (timer.at > until) continue;
      else if (
        !first ||
        timer.at < first.at ||
        (timer.at === first.at && timer.serial < first.serial)
      )
        first = timer;
    }
    return first;
  }

  /** Lets so many ms pass, and all that falls due happen. */
  async pass(ms: number): Promise<void> {
    await this.until(() => false, ms);
  }

  /**
   * Lets time pass until something is so. It is looked at when nothing is left to happen but
   * timers.
   * @returns whether it came to be within `ms`
   */
  async until(isSo: () => boolean, ms: number): Promise<boolean> {
    const end = this.#now + ms;
    for (;;) {
      await settle();
      if (isSo()) return true;
      const timer = this.#next(end);
      if (!timer) break;
      this.#timers.delete(timer);
      this.#now = Math.max(this.#now, timer.at);
      timer.process.enter(timer.run);
    }
    this.#now = end;
    return isSo();
  }
}
