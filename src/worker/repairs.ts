import type { Channel } from '../channel.ts';
import { pauseOf } from '../clock.ts';
import type { CheckReport } from '../protocol.ts';
import type { IndexStore } from '../storage/index/index-store.ts';
import { checkIndex } from './check.ts';
import type { WorkerClock } from './clock.ts';
import type { Leader } from './lifecycle/leader.ts';
import type { LeaderSession } from './lifecycle/leader-session.ts';
import type { GenerationModels } from './model/generation-models.ts';
import type { IndexLoad } from './search/index-load.ts';

export interface RepairsDeps {
  store: IndexStore;
  clock: WorkerClock;
  channel: Channel;
  leader: Leader;
  leaderSession: LeaderSession;
  models: GenerationModels;
  loading: IndexLoad;
}

/** What is wrong in the index is found, and its notes become pending. */
export class Repairs {
  readonly #d: RepairsDeps;
  readonly #repaired = new Set<string>();

  constructor(deps: RepairsDeps) {
    this.#d = deps;
  }

  /**
   * Compares the index with the notes.
   * @returns null when cancelled
   * @throws FindlingError where not all that is stored can be read for searching
   */
  async check(isCancelled: () => boolean): Promise<CheckReport | null> {
    const { store, clock, models, loading } = this.#d;
    const report = await checkIndex({
      store,
      gen: models.gen,
      dimensions: models.active.spec.dimensions,
      now: clock.now,
      isCancelled,
      pause: () => pauseOf(clock, 0),
    });
    if (report && report.repaired.length > 0) await this.#wakeLeader();
    // What was repaired may be what could not be read.
    if (report && loading.failed) await loading.run();
    if (report && loading.failed) throw loading.failed;
    return report;
  }

  /** Damaged vectors are made again; once a worker, or a model that makes such would never end. */
  async remake(damaged: string[]): Promise<void> {
    const ids = damaged.filter((id) => !this.#repaired.has(id));
    if (ids.length === 0) return;
    for (const id of ids) this.#repaired.add(id);
    console.warn(`vectors of ${ids.length} notes are damaged: they are made anew`);
    await this.#d.store.requeue(ids, this.#d.clock.now());
    await this.#wakeLeader();
  }

  /** Notes became pending without anybody having saved them. */
  async #wakeLeader(): Promise<void> {
    this.#d.channel.post({ t: 'work' });
    if (this.#d.leader.leads) await this.#d.leaderSession.recount();
    this.#d.leaderSession.wake();
  }
}
