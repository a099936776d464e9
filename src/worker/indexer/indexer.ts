import { isCode } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import type { Begun } from '../../storage/index/pending.ts';
import { Maintenance, type MaintenanceDeps } from './maintenance.ts';
import { type WindowDeps, WindowEmbedding } from './window.ts';

/** Pending notes that the sweep takes from storage at once. */
const SWEEP_NOTES = 256;
/** Notes of a window, which are worked on together. */
const WINDOW_NOTES = 24;
/** A window closes early when its notes have this many UTF-16 units together. */
const WINDOW_TEXT = 120_000;
/** Longest sleep with nothing to do, ms. Wakes come by message; this is for one that was lost. */
const NOTHING_DUE_MS = 60_000;
/** Exponential backoff after storage was full: first and longest pause, ms. */
const BACKOFF_MS = 2_000;
const LONGEST_BACKOFF_MS = 60_000;

export interface IndexerDeps extends WindowDeps, MaintenanceDeps {
  /** How long to hold back, ms: 0 not at all, Infinity until woken. */
  heldBackMs: () => number;
  /** Pending flags changed by more than progress: count again. */
  onReset: () => Promise<void>;
  /** The built generation has become the one that is searched. */
  onSwap: () => void;
  onStorageFull: (full: boolean) => void;
  /**
   * Nothing is pending. `collected`: no vector of a note that is gone is left among those searched.
   * @param stop there is something else to do
   */
  onIdle: (collected: boolean, stop: () => boolean) => Promise<void>;
}

/**
 * The run: takes due notes, embeds what is new in them in slices, commits. One at a time, by the
 * leader only. Ends when stopped, or when the lease is lost.
 */
export class Indexer {
  readonly #d: IndexerDeps;
  #stopping = false;
  #wake: () => void = () => {};
  #awake = true;
  #sweepList: string[] = [];
  readonly #embedding: WindowEmbedding;
  readonly #maintenance: Maintenance;

  constructor(deps: IndexerDeps) {
    this.#d = deps;
    this.#maintenance = new Maintenance(deps);
    this.#embedding = new WindowEmbedding(deps, {
      halted: () => this.#halted,
      stop: () => this.stop(),
      embedAsked: () => this.#window(deps.intake.take()),
      onGarbage: () => {
        this.#maintenance.garbage = true;
      },
    });
  }

  /** How long the slice under way has taken so far, ms; 0 between slices. */
  sliceMs(now: number): number {
    return this.#embedding.sliceMs(now);
  }

  /** Something may be due: look, in the channel and in storage. */
  wake(): void {
    this.#awake = true;
    this.#wake();
  }

  /** Finishes the slice under way and commits; `run` then resolves. */
  stop(): void {
    this.#stopping = true;
    this.wake();
  }

  /** @throws FindlingError `lease-lost`; anything unexpected of storage. */
  async run(): Promise<void> {
    let fullFor = 0;
    while (!this.#stopping) {
      try {
        const waitMs = await this.#step();
        if (waitMs > 0) await this.#sleep(waitMs);
        if (fullFor > 0) this.#d.onStorageFull(false);
        fullFor = 0;
      } catch (thrown) {
        if (!isCode(thrown, 'storage-full')) throw thrown;
        if (await this.#makeRoom()) continue;
        fullFor = Math.min(LONGEST_BACKOFF_MS, fullFor * 2 || BACKOFF_MS);
        this.#d.onStorageFull(true);
        this.#awake = false;
        await this.#sleep(fullFor);
      }
    }
  }

  /** The previous generation, there for going back, is worth less than the notes of today. */
  #makeRoom(): Promise<boolean> {
    return this.#d.store.forgetPrevious().catch(() => false);
  }

  get #halted(): boolean {
    return this.#stopping || this.#d.heldBackMs() > 0;
  }

  readonly #interrupted = (): boolean => this.#halted || this.#awake;

  /** One window of work. Returns how long to wait for more, ms: 0 when there was some. */
  async #step(): Promise<number> {
    const { intake, store, heldBackMs } = this.#d;
    this.#awake = false;
    if (await store.get('rebuild')) await this.#rebuild();
    const heldBack = heldBackMs();
    if (heldBack > 0) return Math.min(heldBack, NOTHING_DUE_MS);
    const asked = intake.take();
    if (asked.length > 0) {
      await this.#window(asked);
      return 0;
    }
    if (this.#sweepList.length === 0) this.#sweepList = await this.#sweep();
    const window = await this.#nextWindow();
    if (window.length > 0) {
      await this.#window(window);
      return 0;
    }
    if ((await store.pendingCount()) > 0) return LIMITS.debounceMs;
    if (this.#d.building && (await store.finishBuilding(this.#d.epoch))) {
      this.#stopping = true;
      this.#d.onSwap();
      return 0;
    }
    if (this.#maintenance.garbage) await this.#maintenance.collectGarbage();
    await this.#d.onIdle(!this.#maintenance.garbage, this.#interrupted);
    await this.#maintenance.pack(this.#interrupted);
    return NOTHING_DUE_MS;
  }

  /** Pending notes that nobody asks for: from another tab, an import, or before a crash. */
  #sweep(): Promise<string[]> {
    const { store, clock, intake } = this.#d;
    return store.duePending(clock.now(), LIMITS.debounceMs, SWEEP_NOTES, intake.waiting());
  }

  /** Between windows only: a window under way counts on the vectors it found. */
  async #rebuild(): Promise<void> {
    const { store, target, clock, onReset } = this.#d;
    await store.startRebuild(target.gen, clock.now());
    this.#sweepList = [];
    await onReset();
  }

  async #nextWindow(): Promise<string[]> {
    const window = this.#sweepList.slice(0, WINDOW_NOTES);
    const sizes = await this.#d.store.noteSizes(window);
    let text = 0;
    let take = 0;
    while (take < window.length && (take === 0 || text + sizes[take]! <= WINDOW_TEXT)) {
      text += sizes[take++]!;
    }
    return this.#sweepList.splice(0, take);
  }

  /** Suspects, whose earlier attempt did not end, go alone: they must not drag others along. */
  async #window(ids: string[]): Promise<void> {
    const { begun, suspects } = await this.#begin(ids);
    if (begun.length > 0) await this.#embedding.embed(begun);
    for (const id of suspects) {
      if (this.#halted) return;
      const alone = await this.#begin([id]);
      if (alone.begun.length > 0) await this.#embedding.embed(alone.begun);
    }
  }

  async #begin(ids: string[]): Promise<Begun> {
    const { store, target } = this.#d;
    const found = await store.beginNotes(target.gen, ids);
    // Another model was chosen, and this worker has not heard of it.
    if (!found.wanted) this.stop();
    return found;
  }

  async #sleep(ms: number): Promise<void> {
    if (this.#awake || this.#stopping) return;
    let cancel: () => void = () => {};
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      cancel = this.#d.clock.after(ms, resolve);
    });
    cancel();
    this.#wake = () => {};
  }
}
