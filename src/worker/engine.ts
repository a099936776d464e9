import { type Channel, openChannel } from '../channel.ts';
import { type FindlingError, toFindlingError } from '../errors.ts';
import {
  type ChannelMessage,
  type Control,
  DEBOUNCE_MS,
  type Effort,
  HEAP_BUDGET,
  HEAP_BUDGET_SMALL,
  type Health,
  MAX_WAIT_MS,
  SLICE_TARGET_MS,
  STATUS_EVERY_MS,
  type Status,
  type WorkerConfig,
} from '../protocol.ts';
import type { IndexStore } from '../storage/index/index-store.ts';
import type { Clock } from './clock.ts';
import { EMBEDDED_MODEL, type Embedder, loadEmbedder } from './embedder.ts';
import type { Faults } from './faults.ts';
import { Gate } from './gate.ts';
import { Indexer } from './indexer/indexer.ts';
import { generationOf, Preparer } from './indexer/prepare.ts';
import { Rate } from './indexer/rate.ts';
import { SliceSizer } from './indexer/slices.ts';
import { EffortKeeper } from './lifecycle/effort.ts';
import { Leader } from './lifecycle/leader.ts';
import { stuckAfterMs, Watchdog } from './lifecycle/watchdog.ts';
import { wasmBytes } from './model/heap.ts';
import { Intake } from './queue/intake.ts';
import { PendingSet } from './queue/pending-set.ts';
import { Resident } from './search/resident.ts';
import { Search } from './search/search.ts';
import { StatusBoard } from './status/board.ts';

/** Changes are read in lots: a loop of saves must not become as many reads. */
const CHANGES_EVERY_MS = 30;
const WATCH_EVERY_MS = 1_000;

/** One workspace's engine in one worker: its parts, built once and shared, and who tells whom. */
export class Engine {
  readonly search: Search;
  readonly intake: Intake;
  readonly store: IndexStore;
  readonly gen = generationOf(EMBEDDED_MODEL);
  readonly #config: WorkerConfig;
  readonly #clock: Clock;
  readonly #faults: Faults;
  readonly #replaceMe: () => void;
  readonly #heapBudget =
    ((navigator as { deviceMemory?: number }).deviceMemory ?? 8) <= 2
      ? HEAP_BUDGET_SMALL
      : HEAP_BUDGET;
  readonly #channel: Channel;
  readonly #resident: Resident;
  readonly #gate = new Gate();
  readonly #sizer = new SliceSizer(SLICE_TARGET_MS);
  readonly #rate = new Rate();
  readonly #board: StatusBoard;
  readonly #leader: Leader;
  readonly #watchdog: Watchdog;
  readonly #effort = new EffortKeeper();
  readonly #changed = new Set<string>();
  #flushing = false;
  #closed = false;
  #recycling = false;
  #watchedAt = 0;
  #model: Promise<Embedder>;
  #embedder: Embedder | null = null;
  #preparer: Preparer | null = null;
  #modelError: FindlingError | null = null;
  #loadedPercent = 0;
  #indexer: Indexer | null = null;
  #residentReady = false;
  #paused = false;
  #storageFull = false;
  #pending = 0;
  #completed = 0;
  #epoch = 0;
  #seen = { epoch: 0, seq: 0 };

  constructor(
    config: WorkerConfig,
    store: IndexStore,
    clock: Clock,
    faults: Faults,
    replaceMe: () => void,
  ) {
    this.#replaceMe = replaceMe;
    this.#config = config;
    this.#clock = clock;
    this.#faults = faults;
    this.store = store;
    this.#resident = new Resident(store, this.gen, EMBEDDED_MODEL.dimensions);
    this.#channel = openChannel(config.workspace, (message) => this.#heard(message));
    this.#board = new StatusBoard(
      (status) =>
        this.#channel.post({
          t: 'status',
          epoch: this.#epoch,
          status,
          longestMs: this.#sizer.longestMs,
        }),
      clock,
      STATUS_EVERY_MS,
    );
    this.intake = new Intake(new PendingSet(DEBOUNCE_MS, MAX_WAIT_MS), clock, () => this.#due());
    this.search = new Search({
      resident: this.#resident,
      store,
      gate: this.#gate,
      embedder: () => this.#embedder,
      preparer: () => this.#preparer,
      modelFailed: () => this.#modelError !== null,
      ticks: clock.ticks,
    });
    this.#leader = new Leader(config.workspace, clock, (signal) => this.#lead(signal));
    this.#watchdog = new Watchdog(clock.ticks());
    this.#model = this.#loadModel();
    this.#model.catch(() => {});
  }

  async start(): Promise<void> {
    await this.#readSettings();
    this.#seen = {
      epoch: (await this.store.get<number>('epoch')) ?? 0,
      seq: (await this.store.get<number>('seq')) ?? 0,
    };
    this.#leader.stand();
    this.#watch();
    await this.#resident.load();
    this.#residentReady = true;
    // Garbage is collected by what is resident: a leader may have waited for this.
    this.#indexer?.wake();
  }

  async probe(texts: string[]): Promise<{ ids: number[][]; vectors: number[][] }> {
    const model = await this.#model;
    const ids = texts.map((text) => model.tokenize(text));
    const rows = ids.map((row) => row.slice(0, model.spec.window));
    const flat = await this.#gate.run('query', () => model.embed(rows));
    const { dimensions } = model.spec;
    const vectors = rows.map((_, i) => [...flat.subarray(i * dimensions, (i + 1) * dimensions)]);
    return { ids, vectors };
  }

  async control(verb: Control): Promise<void> {
    switch (verb) {
      case 'pause':
      case 'resume':
        await this.store.set('paused', verb === 'pause');
        return this.#tellSettings();
      case 'rebuild':
        await this.store.set('rebuild', true);
        return this.#tellSettings();
      case 'retry-failed': {
        const ids = await this.store.requeueQuarantined(this.#clock.now());
        const message: ChannelMessage = { t: 'notes', ids, urgent: true };
        this.#channel.post(message);
        return this.#heard(message);
      }
      case 'sweep':
        this.#channel.post({ t: 'work' });
        return this.#heard({ t: 'work' });
    }
  }

  async setEffort(effort: Effort): Promise<void> {
    await this.store.set('effort', effort);
    await this.#tellSettings();
  }

  async health(): Promise<Health> {
    const { store } = this;
    const [notes, pending, failed, counters] = await Promise.all([
      store.noteCount(),
      store.pendingCount(),
      store.quarantined(),
      store.counters(),
    ]);
    return {
      ...counters,
      notes,
      passages: this.#resident.vectors.passageCount,
      pending,
      quarantined: failed.length,
      queueDepth: this.intake.depth,
      memoryBytes: wasmBytes(),
      device: this.#embedder?.device ?? (this.#modelError ? 'none' : 'loading'),
      threads: this.#embedder?.threads ?? 0,
      model: EMBEDDED_MODEL.id,
      rate: this.#rate.perSecond,
      leader: this.#leader.leads,
      effort: this.#effort.effort,
      failed: failed.map(({ note, title, reason, at }) => ({ note, title, reason, at })),
      damaged: this.#resident.damaged,
    };
  }

  /** Stop intake, finish the slice under way, commit, release the lease. */
  async shutdown(): Promise<void> {
    this.#closed = true;
    this.intake.close();
    await this.#leader.resign();
    this.#board.clear();
    this.#channel.close();
    await this.#resident.settled();
    this.store.close();
  }

  // ——— Leadership ———

  async #lead(signal: AbortSignal): Promise<void> {
    this.#epoch = await this.store.takeLease();
    await this.#recount();
    let model: Embedder;
    try {
      model = await this.#model;
    } catch {
      this.#publish();
      // Notes stay pending; another tab's worker may fare no better, so the lease is kept.
      return ended(signal);
    }
    if (signal.aborted) return;
    const indexer = this.#makeIndexer(model);
    this.#indexer = indexer;
    signal.addEventListener('abort', () => indexer.stop());
    try {
      await indexer.run();
    } catch (thrown) {
      const error = toFindlingError(thrown);
      console.error('indexing stopped', error);
      if (error.code !== 'lease-lost') throw error;
    } finally {
      this.#indexer = null;
      this.#board.clear();
    }
  }

  #makeIndexer(embedder: Embedder): Indexer {
    return new Indexer({
      store: this.store,
      intake: this.intake,
      embedder,
      preparer: this.#preparer!,
      gate: this.#gate,
      sizer: this.#sizer,
      rate: this.#rate,
      clock: this.#clock,
      gen: this.gen,
      epoch: this.#epoch,
      heldBackMs: () =>
        this.#paused ? Number.POSITIVE_INFINITY : this.#effort.heldBackMs(this.#clock.ticks()),
      restMs: (workedMs) => this.#effort.restMs(workedMs),
      onProgress: ({ ids, seq, pending, completed }) => {
        this.#pending = pending;
        this.#completed = completed;
        if (ids.length > 0) {
          this.#channel.post({ t: 'commit', epoch: this.#epoch, seq, ids });
          void this.#resident.committed(ids);
        }
        this.#publish();
        this.#checkHealth();
      },
      onReset: () => this.#recount(),
      onStorageFull: (full) => {
        this.#storageFull = full;
        this.#publish();
      },
      referenced: async () => {
        if (!this.#residentReady) return null;
        await this.#resident.settled();
        return this.#resident.vectors.referenced();
      },
      faults: this.#faults,
    });
  }

  /**
   * Asks to be replaced, once: when the WASM heap, which never shrinks, has passed its budget, or
   * when inference does not come back. A stuck leader also stops answering its followers.
   */
  #checkHealth(): void {
    if (this.#recycling) return;
    const stuck =
      (this.#indexer?.sliceMs(this.#clock.ticks()) ?? 0) > stuckAfterMs(this.#sizer.longestMs);
    if (!stuck && wasmBytes() <= this.#heapBudget) return;
    console.warn(stuck ? 'inference does not come back' : 'the WASM heap has passed its budget');
    this.#recycling = true;
    this.#replaceMe();
  }

  async #recount(): Promise<void> {
    this.#pending = await this.store.pendingCount();
    this.#completed = (await this.store.get<number>('runCompleted')) ?? 0;
    this.#publish();
  }

  #publish(): void {
    if (this.#leader.leads) this.#board.show(this.#status());
  }

  #status(): Status {
    if (this.#modelError) {
      return { state: 'paused', code: 'model', reason: this.#modelError.message };
    }
    if (!this.#embedder) return { state: 'loading', percent: this.#loadedPercent };
    if (this.#pending === 0) return { state: 'idle' };
    if (this.#storageFull) return { state: 'paused', code: 'storage', reason: 'storage is full' };
    if (this.#paused) return { state: 'paused', code: 'user', reason: 'paused by you' };
    if (this.#effort.heldBackMs(this.#clock.ticks()) > 0) {
      return { state: 'paused', code: 'busy', reason: 'waiting until you are idle' };
    }
    return {
      state: 'indexing',
      completed: this.#completed,
      total: this.#completed + this.#pending,
      etaMs: this.#rate.etaMs(this.#pending),
    };
  }

  // ——— What is heard ———

  #heard(message: ChannelMessage): void {
    switch (message.t) {
      case 'notes':
        for (const id of message.ids) this.#changed.add(id);
        this.#watchdog.workCame(this.#clock.ticks());
        this.#flushChanges();
        break;
      case 'work':
        this.#indexer?.wake();
        break;
      case 'commit':
        this.#followCommit(message);
        break;
      case 'settings':
        void this.#readSettings();
        break;
      case 'hello':
        if (this.#leader.leads && !this.#recycling) this.#board.repeat();
        break;
      case 'presence':
        this.#effort.presence(this.#clock.ticks(), message.spare);
        break;
      case 'status':
        this.#hearLeader(message);
        break;
    }
  }

  #flushChanges(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    this.#clock.after(CHANGES_EVERY_MS, () => {
      this.#flushing = false;
      const ids = [...this.#changed];
      this.#changed.clear();
      void this.#resident.notesChanged(ids);
      if (this.#leader.leads) void this.#recount();
      this.#indexer?.wake();
    });
  }

  /** Another worker committed. A gap means that something was missed: read all again. */
  #followCommit({ epoch, seq, ids }: ChannelMessage & { t: 'commit' }): void {
    const { epoch: lastEpoch, seq: lastSeq } = this.#seen;
    const next = epoch === lastEpoch ? seq === lastSeq + 1 : epoch > lastEpoch && seq === 1;
    this.#seen = { epoch, seq };
    void (next ? this.#resident.committed(ids) : this.#resident.load());
  }

  #hearLeader({ status, longestMs }: ChannelMessage & { t: 'status' }): void {
    const { state } = status;
    const kind = state === 'loading' || state === 'idle' ? state : 'busy';
    this.#watchdog.heard(this.#clock.ticks(), kind, longestMs);
  }

  /** A follower asks a silent leader for a sign of life, then takes the lease from it. */
  #watch(): void {
    if (this.#closed) return;
    this.#clock.after(WATCH_EVERY_MS, () => this.#watch());
    this.#checkHealth();
    const now = this.#clock.ticks();
    const slept = now - this.#watchedAt > 3 * WATCH_EVERY_MS;
    this.#watchedAt = now;
    if (this.#leader.leads || slept) {
      this.#watchdog.startOver(now);
      return;
    }
    const act = this.#watchdog.check(now);
    if (act === 'ask') this.#channel.post({ t: 'hello' });
    if (act === 'rob') {
      console.warn('the indexing tab has fallen silent: taking over');
      this.#leader.rob();
    }
  }

  async #readSettings(): Promise<void> {
    this.#paused = (await this.store.get<boolean>('paused')) ?? false;
    this.#effort.effort = (await this.store.get<Effort>('effort')) ?? 'full';
    this.#publish();
    this.#indexer?.wake();
  }

  async #tellSettings(): Promise<void> {
    this.#channel.post({ t: 'settings' });
    await this.#readSettings();
  }

  /** The debounce ran out. A follower leaves the notes to the leader, who finds them pending. */
  #due(): void {
    if (this.#indexer) {
      this.#indexer.wake();
    } else if (!this.#leader.leads) {
      this.intake.take();
      this.#channel.post({ t: 'work' });
    }
  }

  async #loadModel(): Promise<Embedder> {
    try {
      const embedder = await loadEmbedder(EMBEDDED_MODEL, this.#config.base, (percent) => {
        this.#loadedPercent = percent;
        this.#publish();
      });
      this.#preparer = new Preparer(embedder);
      this.#embedder = embedder;
      this.#publish();
      return embedder;
    } catch (thrown) {
      this.#modelError = toFindlingError(thrown);
      console.error('model not loaded', thrown, thrown instanceof Error ? thrown.cause : '');
      this.#publish();
      throw this.#modelError;
    }
  }
}

const ended = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
