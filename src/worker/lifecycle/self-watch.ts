import type { Channel } from '../../channel.ts';
import type { WorkerClock } from '../clock.ts';
import type { SliceSizer } from '../indexer/slices.ts';
import { wasmBytes } from '../model/heap.ts';
import type { Leader } from './leader.ts';
import type { LeaderSession } from './leader-session.ts';
import { stuckAfterMs, type Watchdog } from './watchdog.ts';

/** How often a worker looks after its own health and its leader's, ms. */
const WATCH_EVERY_MS = 1_000;

export interface SelfWatchDeps {
  clock: WorkerClock;
  channel: Channel;
  leader: Leader;
  leaderSession: LeaderSession;
  sizer: SliceSizer;
  watchdog: Watchdog;
  /** WASM heap above which the worker is replaced, bytes. */
  heapBudget: number;
  askToBeReplaced: (why: string) => void;
  closed: () => boolean;
}

/** A worker looks after its own health, and, as a follower, after its leader's. */
export class SelfWatch {
  readonly #d: SelfWatchDeps;
  #watchedAt = 0;

  constructor(deps: SelfWatchDeps) {
    this.#d = deps;
  }

  /**
   * Asks to be replaced when the WASM heap, which never shrinks, has passed its budget, or when
   * inference does not come back.
   */
  checkHealth(): void {
    if (this.#d.leaderSession.sliceMs() > stuckAfterMs(this.#d.sizer.longestMs)) {
      this.#d.askToBeReplaced('inference does not come back');
    } else if (wasmBytes() > this.#d.heapBudget) {
      this.#d.askToBeReplaced('the WASM heap has passed its budget');
    }
  }

  /**
   * From here on, until the worker is closed. A follower asks a silent leader to answer, then takes
   * the lease from it.
   */
  watch(): void {
    if (this.#d.closed()) return;
    this.#d.clock.after(WATCH_EVERY_MS, () => this.watch());
    this.checkHealth();
    const now = this.#d.clock.ticks();
    const slept = now - this.#watchedAt > 3 * WATCH_EVERY_MS;
    this.#watchedAt = now;
    if (this.#d.leader.leads || slept) {
      this.#d.watchdog.startOver(now);
      return;
    }
    const act = this.#d.watchdog.check(now);
    if (act === 'ask') this.#d.channel.post({ t: 'hello' });
    if (act === 'steal') {
      console.warn('the indexing tab has fallen silent: taking over');
      this.#d.leader.stealLease();
    }
  }
}
