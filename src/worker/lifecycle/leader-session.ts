import type { Channel } from '../../channel.ts';
import { toFindlingError } from '../../errors.ts';
import { STATUS_EVERY_MS } from '../../protocol.ts';
import type { IndexStore } from '../../storage/index/index-store.ts';
import type { WorkerClock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import { forgetPurged } from '../indexer/forget.ts';
import { Indexer } from '../indexer/indexer.ts';
import { Rate } from '../indexer/rate.ts';
import type { SliceSizer } from '../indexer/slices.ts';
import type { InferenceQueue } from '../inference-queue.ts';
import type { EmbeddingTarget, GenerationModels } from '../model/generation-models.ts';
import type { Intake } from '../queue/intake.ts';
import type { IndexLoad } from '../search/index-load.ts';
import type { Resident } from '../search/resident.ts';
import { StatusBoard } from '../status/board.ts';
import { statusOf } from '../status/status-of.ts';
import type { EffortKeeper } from './effort.ts';

export interface LeaderSessionDeps {
  store: IndexStore;
  clock: WorkerClock;
  faults: Faults;
  channel: Channel;
  intake: Intake;
  inferenceQueue: InferenceQueue;
  sizer: SliceSizer;
  models: GenerationModels;
  resident: Resident;
  /** Whether all notes are resident, and what follows where one is not. */
  loading: Pick<IndexLoad, 'whole' | 'follow' | 'followed'>;
  /** The lease was taken; number of the last commit, whoever made it. */
  onLease: (seq: number) => void;
  /** Number of the commit just made. */
  onCommit: (seq: number) => void;
  effort: EffortKeeper;
  beingAsked: () => boolean;
  leads: () => boolean;
  /** A new worker is needed to search other vectors. */
  onOutdated: () => void;
  /** The built generation is the one that is searched now: every worker must hear it. */
  onSwap: () => void;
  /** After every commit. */
  onWork: () => void;
}

/** What the holder of the lease does with it: runs the indexer, and says how far it is. */
export class LeaderSession {
  readonly rate = new Rate();
  /** Paused by the person. */
  paused = false;
  readonly #d: LeaderSessionDeps;
  readonly #board: StatusBoard;
  #indexer: Indexer | null = null;
  #onRetarget: () => void = () => {};
  #storageFull = false;
  #pending = 0;
  #completed = 0;
  #epoch = 0;

  constructor(deps: LeaderSessionDeps) {
    this.#d = deps;
    this.#board = new StatusBoard(
      (status) =>
        deps.channel.post({
          t: 'status',
          epoch: this.#epoch,
          status,
          longestMs: deps.sizer.longestMs,
        }),
      deps.clock,
      STATUS_EVERY_MS,
    );
  }

  /** Whether the indexer runs: otherwise `wake` does nothing. */
  get indexing(): boolean {
    return this.#indexer !== null;
  }

  /** How long the slice under way has taken so far, ms. */
  sliceMs(): number {
    return this.#indexer?.sliceMs(this.#d.clock.ticks()) ?? 0;
  }

  /** There may be pending notes: ends the indexer's wait. */
  wake(): void {
    this.#indexer?.wake();
  }

  /** For one that has just started: the present status, at once. */
  repeat(): void {
    this.#board.repeat();
  }

  /** Posts no status any more. */
  end(): void {
    this.#board.clear();
  }

  /**
   * Holds on until the signal aborts, even with nothing to do; ends early when the lease is lost.
   */
  async lead(signal: AbortSignal): Promise<void> {
    this.#epoch = await this.#d.store.takeLease();
    const seq = (await this.#d.store.get('seq')) ?? 0;
    this.#d.onLease(seq);
    // The previous leader may have died before it announced its last commit.
    this.#d.channel.post({ t: 'lead', epoch: this.#epoch, seq });
    signal.addEventListener('abort', () => this.#indexer?.stop());
    try {
      // Once for every generation that is embedded for while this tab leads.
      while (!signal.aborted && !this.#d.models.outdated) await this.#index(signal);
      // Held until a new worker takes over here, or another tab would begin in between.
      await ended(signal);
    } catch (thrown) {
      const error = toFindlingError(thrown);
      console.error('indexing stopped', error);
      if (error.code !== 'lease-lost') throw error;
    } finally {
      this.#board.clear();
    }
  }

  /** Generations were read again: continues with what is wanted now. */
  retargeted(before: string): void {
    if (this.#d.models.targetGeneration.gen === before) return;
    this.#indexer?.stop();
    this.#onRetarget();
  }

  /** Counts pending and completed notes in storage, and publishes. */
  async recount(): Promise<void> {
    const { store } = this.#d;
    this.#pending = await store.pendingCount();
    this.#completed = (await store.get('runCompleted')) ?? 0;
    this.publish();
  }

  /** Posts the status, if this worker leads; the last value wins within `STATUS_EVERY_MS`. */
  publish(): void {
    const { models, effort, clock } = this.#d;
    if (!this.#d.leads()) return;
    const { error, embedder, percent } = models.targetLoad;
    this.#board.show(
      statusOf({
        modelError: error?.code ?? null,
        loadingPercent: embedder ? null : percent,
        pending: this.#pending,
        completed: this.#completed,
        storageFull: this.#storageFull,
        paused: this.paused,
        heldBack: effort.heldBackMs(clock.ticks()) > 0,
        etaMs: this.rate.etaMs(this.#pending),
      }),
    );
  }

  /** Runs the indexer until it is stopped, the lease is lost, or other vectors are wanted. */
  async #index(signal: AbortSignal): Promise<void> {
    const { models, clock } = this.#d;
    await models.settle(clock.now());
    if (models.outdated) {
      // Also: what is resident here must not decide which vectors of others are garbage.
      this.#d.onOutdated();
      return;
    }
    await this.recount();
    const { gen } = models.targetGeneration;
    const target = await Promise.race([models.embeddingTarget(), ended(signal)]);
    this.publish();
    if (signal.aborted || models.targetGeneration.gen !== gen) return;
    if (!target) {
      // Notes stay pending; another tab's worker may fare no better, so the lease is kept.
      const retargeted = new Promise<void>((resolve) => {
        this.#onRetarget = resolve;
      });
      await Promise.race([ended(signal), retargeted]);
      return;
    }
    const serving = await models.servingTarget();
    const indexer = this.#makeIndexer(target, serving, models.building);
    this.#indexer = indexer;
    try {
      await indexer.run();
    } finally {
      this.#indexer = null;
    }
  }

  #makeIndexer(
    target: EmbeddingTarget,
    serving: EmbeddingTarget | null,
    building: boolean,
  ): Indexer {
    const {
      store,
      intake,
      inferenceQueue,
      sizer,
      clock,
      effort,
      resident,
      loading,
      channel,
      faults,
    } = this.#d;
    return new Indexer({
      store,
      intake,
      target,
      serving,
      building,
      inferenceQueue,
      sizer,
      rate: this.rate,
      clock,
      epoch: this.#epoch,
      heldBackMs: () => (this.paused ? Number.POSITIVE_INFINITY : effort.heldBackMs(clock.ticks())),
      beingAsked: this.#d.beingAsked,
      restMs: (workedMs) => effort.restMs(workedMs),
      onProgress: ({ ids, seq, pending, completed }) => {
        this.#pending = pending;
        this.#completed = completed;
        if (seq > 0) {
          this.#d.onCommit(seq);
          channel.post({ t: 'commit', epoch: this.#epoch, seq, ids });
          loading.follow(resident.committed(ids));
        }
        this.publish();
        this.#d.onWork();
      },
      onReset: () => this.recount(),
      onSwap: this.#d.onSwap,
      onStorageFull: (full) => {
        this.#storageFull = full;
        this.publish();
      },
      loaded: () => loading.whole,
      // Only the next start would miss it.
      onIdle: async (collected, stop) => {
        try {
          if (collected) await forgetPurged({ store, resident, epoch: this.#epoch, stop });
          await resident.saveSnapshot(false, stop);
        } catch (thrown) {
          console.warn('the words are not kept', thrown);
        }
      },
      damaged: () => resident.damagedHashes,
      referenced: async () => {
        await resident.settled();
        await loading.followed();
        return loading.whole ? resident.vectors.referenced() : null;
      },
      faults,
    });
  }
}

const ended = (signal: AbortSignal): Promise<null> =>
  signal.aborted
    ? Promise.resolve(null)
    : new Promise((resolve) => signal.addEventListener('abort', () => resolve(null)));
