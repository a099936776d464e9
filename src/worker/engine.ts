import { type Channel, openChannel } from '../channel.ts';
import { pauseOf } from '../clock.ts';
import { LIMITS } from '../limits.ts';
import {
  type ChannelMessage,
  type CheckReport,
  type Control,
  type Device,
  type ExportPage,
  HEAP_BUDGET,
  HEAP_BUDGET_SMALL,
  type Health,
  type MapLayout,
  SLICE_TARGET_MS,
  type WorkerConfig,
  type WorkerRequest,
} from '../protocol.ts';
import type { Generations } from '../storage/index/generations.ts';
import type { IndexStore } from '../storage/index/index-store.ts';
import type { GenerationId } from '../storage/schema.ts';
import type { WorkerClock } from './clock.ts';
import { exportPage } from './export.ts';
import type { Faults } from './faults.ts';
import { healthOf } from './health.ts';
import { Inbox } from './inbox.ts';
import { SliceSizer } from './indexer/slices.ts';
import { InferenceQueue } from './inference-queue.ts';
import { EffortKeeper } from './lifecycle/effort.ts';
import { Leader } from './lifecycle/leader.ts';
import { LeaderSession } from './lifecycle/leader-session.ts';
import { SelfWatch } from './lifecycle/self-watch.ts';
import { Watchdog } from './lifecycle/watchdog.ts';
import type { NoteMap } from './map/note-map.ts';
import type { Catalogue } from './model/catalogue.ts';
import { GenerationModels } from './model/generation-models.ts';
import { whenGpuLost } from './model/gpu.ts';
import { PendingSet } from './queue/debounce.ts';
import { Intake } from './queue/intake.ts';
import type { WorkerRealm } from './realm.ts';
import { Repairs } from './repairs.ts';
import { IndexLoad } from './search/index-load.ts';
import { Resident } from './search/resident.ts';
import { Search } from './search/search.ts';
import { Settings } from './settings.ts';

export interface EngineDeps {
  config: WorkerConfig;
  /** That runs the model. */
  device: Device;
  store: IndexStore;
  generations: Generations;
  /** Read already. */
  catalogue: Catalogue;
  realm: WorkerRealm;
  faults: Faults;
  replaceMe: (how: WorkerRequest['findling']) => void;
}

/** One workspace's engine in one worker: its parts, built once and shared, and who tells whom. */
export class Engine {
  readonly search: Search;
  readonly intake: Intake;
  readonly settings: Settings;
  readonly store: IndexStore;
  readonly #clock: WorkerClock;
  readonly #replaceMe: (how: WorkerRequest['findling']) => void;
  readonly #channel: Channel;
  readonly #models: GenerationModels;
  readonly #resident: Resident;
  readonly #loading: IndexLoad;
  readonly #inferenceQueue = new InferenceQueue();
  readonly #sizer = new SliceSizer(SLICE_TARGET_MS);
  readonly #leader: Leader;
  readonly #leaderSession: LeaderSession;
  readonly #effort = new EffortKeeper();
  readonly #inbox: Inbox;
  readonly #selfWatch: SelfWatch;
  readonly #repairs: Repairs;
  #closed = false;
  #recycling = false;
  /** Made when it is first asked for. */
  #map: Promise<NoteMap> | null = null;
  noteMapProgress = 0;

  constructor(deps: EngineDeps) {
    const { config, device, store, generations, catalogue, realm, faults, replaceMe } = deps;
    const { clock } = realm;
    this.#replaceMe = replaceMe;
    whenGpuLost(() => {
      this.#recycling = true;
      replaceMe('gpu-lost');
    });
    this.#clock = clock;
    this.store = store;
    this.#channel = openChannel(realm.broadcast, config.workspace, (message) =>
      this.#inbox.heard(message),
    );
    this.#leader = new Leader(config.workspace, realm, (signal) =>
      this.#leaderSession.lead(signal),
    );
    const watchdog = new Watchdog(clock.ticks());
    this.intake = new Intake(new PendingSet(LIMITS.debounceMs, LIMITS.maxWaitMs), clock, () =>
      this.#inbox.due(),
    );
    this.#models = new GenerationModels(
      store,
      generations,
      catalogue,
      realm.modelLoader(config.base),
      device,
      () => this.#leaderSession?.publish(),
    );
    const { dimensions } = this.#models.active.spec;
    this.#resident = new Resident(
      store,
      this.gen,
      dimensions,
      (ids) => void this.#repairs.remake(ids),
      clock,
    );
    // Garbage is collected by what is resident: a leader may have waited for this.
    this.#loading = new IndexLoad(
      () => this.#resident.load(),
      clock,
      () => this.#leaderSession.wake(),
    );
    this.search = new Search({
      resident: this.#resident,
      store,
      inferenceQueue: this.#inferenceQueue,
      embedder: () => this.#models.queryEmbedder,
      preparer: () => this.#models.active.preparer,
      modelFailed: () => this.#models.active.error !== null,
      clock,
    });
    this.#leaderSession = new LeaderSession({
      store,
      clock,
      faults,
      channel: this.#channel,
      intake: this.intake,
      inferenceQueue: this.#inferenceQueue,
      sizer: this.#sizer,
      models: this.#models,
      resident: this.#resident,
      loading: this.#loading,
      // From here on nobody else commits. What the one before could not tell of is read again.
      onLease: (seq) => this.#inbox.catchUp(seq),
      onCommit: (seq) => {
        this.#inbox.seenSeq = seq;
      },
      effort: this.#effort,
      beingAsked: () => this.search.beingAsked,
      leads: () => this.#leader.leads,
      onOutdated: () => this.#askToBeReplaced('other vectors are searched'),
      onSwap: () => {
        this.#channel.post({ t: 'settings' });
        this.settings.follow();
      },
      onWork: () => this.#selfWatch.checkHealth(),
    });
    this.#repairs = new Repairs({
      store,
      clock,
      channel: this.#channel,
      leader: this.#leader,
      leaderSession: this.#leaderSession,
      models: this.#models,
      loading: this.#loading,
    });
    this.#selfWatch = new SelfWatch({
      clock,
      channel: this.#channel,
      leader: this.#leader,
      leaderSession: this.#leaderSession,
      sizer: this.#sizer,
      watchdog,
      heapBudget: (realm.deviceMemory ?? 8) <= 2 ? HEAP_BUDGET_SMALL : HEAP_BUDGET,
      askToBeReplaced: (why) => this.#askToBeReplaced(why),
      closed: () => this.#closed,
    });
    this.settings = new Settings({
      store,
      clock,
      channel: this.#channel,
      models: this.#models,
      leaderSession: this.#leaderSession,
      effort: this.#effort,
      device,
      gpuLost: config.gpuLost ?? false,
      askToBeReplaced: (why) => this.#askToBeReplaced(why),
      closed: () => this.#closed,
    });
    this.#inbox = new Inbox({
      clock,
      channel: this.#channel,
      intake: this.intake,
      resident: this.#resident,
      loading: this.#loading,
      leader: this.#leader,
      leaderSession: this.#leaderSession,
      watchdog,
      effort: this.#effort,
      settings: this.settings,
      recycling: () => this.#recycling,
    });
  }

  /** The generation that this worker searches. */
  get gen(): GenerationId {
    return this.#models.gen;
  }

  /**
   * Loads the index, reads the settings, queues for the lease. Resolves when the index is loaded,
   * or its first load failed.
   */
  async start(): Promise<void> {
    // Asked for before anything is read: what is committed from here on is read again.
    const seq = this.store.get('seq');
    const loaded = this.#loading.run();
    await this.#inbox.startAfter(seq);
    await this.settings.read();
    this.#leader.queueForLease();
    this.#selfWatch.watch();
    await loaded;
  }

  /** As `WorkerApi.probe`. @throws FindlingError of the model's load */
  async probe(texts: string[]): Promise<{ ids: number[][]; vectors: number[][] }> {
    const model = await this.#models.active.ready;
    const ids = texts.map((text) => model.tokenize(text));
    const rows = texts.map((text) => model.encode(text, 'passage'));
    const flat = await this.#inferenceQueue.run('query', () => model.embed(rows));
    const { dimensions } = model.spec;
    const vectors = rows.map((_, i) => [...flat.subarray(i * dimensions, (i + 1) * dimensions)]);
    return { ids, vectors };
  }

  /** As `WorkerApi.control`: what is set is stored first, then told to all workers. */
  async control(verb: Control): Promise<void> {
    switch (verb) {
      case 'pause':
      case 'resume':
        await this.store.set('paused', verb === 'pause');
        return this.settings.tell();
      case 'rebuild':
        await this.store.set('rebuild', true);
        return this.settings.tell();
      case 'retry-failed': {
        const ids = await this.store.requeueQuarantined(this.#clock.now());
        const message: ChannelMessage = { t: 'notes', ids };
        this.#channel.post(message);
        return this.#inbox.heard(message);
      }
      case 'sweep':
        this.#channel.post({ t: 'work' });
        return this.#inbox.heard({ t: 'work' });
    }
  }

  /** Counts of the workspace from storage; memory, device and queue of this worker. */
  health(): Promise<Health> {
    return healthOf({
      store: this.store,
      models: this.#models,
      resident: this.#resident,
      intake: this.intake,
      leader: this.#leader,
      leaderSession: this.#leaderSession,
      settings: this.settings,
    });
  }

  /** Stop intake, finish the slice under way, commit, release the lease. */
  async shutdown(): Promise<void> {
    this.#closed = true;
    this.intake.close();
    await this.#leader.releaseLease();
    this.#leaderSession.end();
    this.#channel.close();
    this.#loading.end();
    await this.#resident.settled();
    this.store.close();
  }

  /** @throws FindlingError as of the model, whose tokenizer tells where passages end */
  async exportVectors(after: string | null, limit: number): Promise<ExportPage> {
    await this.#models.active.ready;
    const preparer = this.#models.active.preparer!;
    return exportPage({ store: this.store, gen: this.gen, preparer }, after, limit);
  }

  /** As `Repairs.check`. */
  checkIndex(isCancelled: () => boolean): Promise<CheckReport | null> {
    return this.#repairs.check(isCancelled);
  }

  /**
   * @returns null when cancelled, or when none is stored
   * @throws FindlingError where not all that is stored could be read
   */
  async noteMap(
    how: 'stored' | 'kept' | 'anew',
    isCancelled: () => boolean,
  ): Promise<MapLayout | null> {
    this.#map ??= import('./map/note-map.ts').then(
      ({ NoteMap }) => new NoteMap(this.store, this.gen, this.#resident),
    );
    const map = await this.#map;
    if (how === 'stored') return map.stored();
    this.noteMapProgress = 0;
    // What is not read yet would be taken for gone.
    while (!this.#loading.whole) {
      if (isCancelled() || this.#closed) return null;
      if (this.#loading.failed) throw this.#loading.failed;
      await pauseOf(this.#clock, 100);
    }
    return map.make(how === 'anew', isCancelled, (share) => {
      this.noteMapProgress = share;
    });
  }

  /** Once. A leader also stops answering its followers. */
  #askToBeReplaced(why: string): void {
    if (this.#recycling || this.#closed) return;
    console.warn(`a new worker is needed: ${why}`);
    this.#recycling = true;
    this.#replaceMe('recycle');
  }
}
