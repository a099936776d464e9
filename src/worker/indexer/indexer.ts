import { pauseOf } from '../../clock.ts';
import { FindlingError, isCode, toFindlingError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { MAX_ATTEMPTS } from '../../protocol.ts';
import type { CommitNote } from '../../storage/index/commit.ts';
import type { IndexStore } from '../../storage/index/index-store.ts';
import type { Begun, BegunNote } from '../../storage/index/pending.ts';
import type { WorkerClock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import type { Gate } from '../gate.ts';
import { quantise } from '../model/quantise.ts';
import type { Lane } from '../model/shelf.ts';
import type { Intake } from '../queue/intake.ts';
import type { PreparedPassage } from './prepare.ts';
import type { Rate } from './rate.ts';
import type { SliceSizer } from './slices.ts';

/** Notes taken from storage at once by the sweep, and worked on together (a window). */
const SWEEP_NOTES = 256;
const WINDOW_NOTES = 24;
/** A window closes early when its notes are this many UTF-16 units together. */
const WINDOW_TEXT = 120_000;
/** Passages tokenized in one stretch, before a query gets its turn. */
const TOKENIZED_AT_ONCE = 32;
/** What a slice should take while somebody searches, ms. */
const ASKED_SLICE_MS = 20;
/** Wakes come by message; this is for the one that went missing. */
const NOTHING_DUE_MS = 60_000;
/** Longest pause between two attempts after storage was full, ms. */
const LONGEST_PAUSE_MS = 60_000;

export interface IndexerDeps {
  store: IndexStore;
  intake: Intake;
  /** What pending notes are embedded for. */
  target: Lane;
  /** What is searched while `target` is being built; edited notes are kept up to date in it too. */
  serving: Lane | null;
  /** Whether `target` takes the place of another generation once nothing is pending. */
  building: boolean;
  gate: Gate;
  sizer: SliceSizer;
  rate: Rate;
  clock: WorkerClock;
  epoch: number;
  /** How long to hold back, ms: 0 not at all, Infinity until woken. */
  heldBackMs: () => number;
  /** Whether somebody searches just now, so that the next query will not be long in coming. */
  beingAsked: () => boolean;
  /** The rest due after a slice that took so long, ms. */
  restMs: (workedMs: number) => number;
  /** Notes are committed, or set aside; counts as of that moment. `ids`: those that searches see. */
  onProgress: (progress: {
    ids: string[];
    seq: number;
    pending: number;
    completed: number;
  }) => void;
  /** Pending flags changed by more than progress: count anew. */
  onReset: () => Promise<void>;
  /** The built generation has become the one that is searched. */
  onSwap: () => void;
  onStorageFull: (full: boolean) => void;
  /** Whether all notes are resident. */
  loaded: () => boolean;
  /**
   * Nothing is pending. `collected`: no vector of a note that is gone is left among those searched.
   * @param stop there is something else to do
   */
  onIdle: (collected: boolean, stop: () => boolean) => Promise<void>;
  /** Hashes whose stored vector was found unusable. */
  damaged: () => ReadonlySet<string>;
  /** Hashes that some note holds; null while not all notes are loaded. */
  referenced: () => Promise<ReadonlySet<string> | null>;
  /** Where tests break it. */
  faults: Faults;
}

interface Job {
  lane: Lane;
  passage: PreparedPassage;
  ids: number[];
  owners: Set<NoteWork>;
}

interface NoteWork {
  lane: Lane;
  begun: BegunNote;
  passages: PreparedPassage[];
  /** Hashes not embedded yet. */
  missing: Set<string>;
  /** Passages that cost no inference: embedded before, or shared with another note. */
  reused: number;
  failed?: string;
  ended: boolean;
}

const STOPPED_THE_ENGINE = `The search engine stopped ${MAX_ATTEMPTS} times while reading this note.`;

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
  #garbage = true;
  #sliceBegan: number | null = null;
  /** The write under way, commits included: the next slice is computed meanwhile. */
  #write: Promise<void> = Promise.resolve();

  constructor(deps: IndexerDeps) {
    this.#d = deps;
  }

  /** How long the slice under way has taken so far, ms; 0 between slices. */
  sliceMs(now: number): number {
    return this.#sliceBegan === null ? 0 : now - this.#sliceBegan;
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
        fullFor = Math.min(LONGEST_PAUSE_MS, fullFor * 2 || 2_000);
        this.#d.onStorageFull(true);
        this.#awake = false;
        await this.#sleep(fullFor);
      }
    }
  }

  /** The generation kept for going back is worth less than the notes of today. */
  #makeRoom(): Promise<boolean> {
    return this.#d.store.forgetKept().catch(() => false);
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
    if (this.#garbage) await this.#collectGarbage();
    await this.#d.onIdle(!this.#garbage, this.#interrupted);
    await this.#pack();
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
    if (begun.length > 0) await this.#attempt(begun);
    for (const id of suspects) {
      if (this.#halted) return;
      const alone = await this.#begin([id]);
      if (alone.begun.length > 0) await this.#attempt(alone.begun);
    }
  }

  async #begin(ids: string[]): Promise<Begun> {
    const { store, target } = this.#d;
    const found = await store.beginNotes(target.gen, ids);
    // Another model was chosen, and this worker has not heard of it.
    if (!found.wanted) this.stop();
    return found;
  }

  /** While another generation is built, notes written meanwhile come into the present one first. */
  async #attempt(begun: BegunNote[]): Promise<void> {
    const { serving, target, faults } = this.#d;
    const [first] = begun;
    // Only a note by itself can have so many: its fellows were not begun with it.
    if (first && first.attempts > MAX_ATTEMPTS) {
      const { note, revision } = first;
      return this.#quarantine([{ note, revision, reason: STOPPED_THE_ENGINE }]);
    }
    await faults('begun', () => begun.map(({ text }) => text));
    if (serving) {
      const stale = await this.#staleIn(serving, begun);
      if (stale.length > 0) await this.#work(stale, serving);
    }
    await this.#work(begun, target);
  }

  async #staleIn({ gen }: Lane, begun: BegunNote[]): Promise<BegunNote[]> {
    const have = await Promise.all(begun.map(({ note }) => this.#d.store.passageList(gen, note)));
    return begun.filter(({ meta }, i) => meta && have[i]?.revision !== meta.revision);
  }

  async #work(begun: BegunNote[], lane: Lane): Promise<void> {
    const { clock, rate, target } = this.#d;
    // What is still being written must count as known: nothing is embedded twice.
    await this.#written();
    const began = clock.ticks();
    const works: NoteWork[] = [];
    for (const note of begun) {
      works.push(await this.#prepare(note, lane));
      await clock.letMessagesIn();
    }
    const jobs = await this.#jobs(works, lane);
    await this.#commitReady(works);
    let batches = 0;
    const lengths = jobs.map(({ ids }) => ids.length);
    for (let from = 0; from < jobs.length; ) {
      if (this.#halted) break;
      // A note that was asked for by itself goes before the rest of a sweep.
      if (this.#d.intake.isDue()) await this.#window(this.#d.intake.take());
      const hurry = this.#d.beingAsked() ? ASKED_SLICE_MS : undefined;
      const to = this.#d.sizer.end(lengths, from, hurry);
      const sliceBegan = clock.ticks();
      await this.#slice(jobs.slice(from, to));
      const rest = this.#d.restMs(clock.ticks() - sliceBegan);
      batches++;
      from = to;
      if (rest > 0) await pauseOf(clock, rest);
      else await clock.letMessagesIn();
    }
    await this.#written();
    await this.#commitReady(works);
    // Only what is being embedded for decides about a note.
    if (lane !== target) return;
    const failed = works.filter((work) => work.failed && !work.ended);
    await this.#quarantine(
      failed.map(({ begun: { note, revision }, failed: reason }) => ({
        note,
        revision,
        reason: reason!,
      })),
    );
    if (batches > 0) rate.notes(works.length, clock.ticks() - began);
  }

  async #prepare(begun: BegunNote, lane: Lane): Promise<NoteWork> {
    const passages = begun.meta ? await lane.preparer.prepare(begun.meta.title, begun.text) : [];
    return { lane, begun, passages, missing: new Set(), reused: passages.length, ended: false };
  }

  /** What must be embedded, each text once, shortest first so that little is padded. */
  async #jobs(works: NoteWork[], lane: Lane): Promise<Job[]> {
    const { embedder } = lane;
    const { clock } = this.#d;
    const all = new Map<string, Job>();
    for (const work of works) {
      for (const passage of work.passages) {
        const job = all.get(passage.hash);
        if (job) job.owners.add(work);
        else all.set(passage.hash, { lane, passage, ids: [], owners: new Set([work]) });
      }
    }
    const known = await this.#known(lane, works, [...all.keys()]);
    const jobs: Job[] = [];
    for (const [hash, job] of all) {
      if (known.has(hash)) continue;
      job.ids = embedder.encode(job.passage.embedText, 'passage');
      for (const owner of job.owners) owner.missing.add(hash);
      const [first] = job.owners;
      if (first) first.reused--;
      if (jobs.push(job) % TOKENIZED_AT_ONCE === 0) await clock.letMessagesIn();
    }
    return jobs.sort((a, b) => a.ids.length - b.ids.length);
  }

  /** What a note's stored list names needs no look: two hundred look-ups cost as much as an edit. */
  async #known(lane: Lane, works: NoteWork[], hashes: string[]): Promise<Set<string>> {
    const { store, damaged } = this.#d;
    const known = new Set<string>();
    for (const { begun } of works) {
      const list = begun.meta && (await store.passageList(lane.gen, begun.note));
      for (const { hash } of list?.passages ?? []) if (!damaged().has(hash)) known.add(hash);
    }
    const others = hashes.filter((hash) => !known.has(hash) && !damaged().has(hash));
    for (const hash of await store.knownHashes(lane.gen, others)) known.add(hash);
    return known;
  }

  /** Embeds a slice, stores its vectors and commits; a failing passage is isolated by halving. */
  async #slice(jobs: Job[], retry = true): Promise<void> {
    const { gate, clock, sizer, rate, faults } = this.#d;
    const { embedder } = jobs[0]!.lane;
    let vectors: Float32Array;
    try {
      vectors = await gate.run('slice', async () => {
        const began = clock.ticks();
        this.#sliceBegan = began;
        await faults('slice', () => jobs.map(({ passage }) => passage.embedText));
        const result = await embedder.embed(jobs.map(({ ids }) => ids));
        const ms = clock.ticks() - began;
        sizer.observe(jobs.length * jobs[jobs.length - 1]!.ids.length, ms);
        rate.slice(jobs.length, ms);
        return result;
      });
      this.#sliceBegan = null;
    } catch (thrown) {
      this.#sliceBegan = null;
      if (jobs.length > 1) {
        const half = jobs.length >> 1;
        await this.#slice(jobs.slice(0, half));
        await this.#slice(jobs.slice(half));
        return;
      }
      if (retry) {
        await this.#slice(jobs, false);
        return;
      }
      const reason = reasonOf(thrown);
      for (const owner of jobs[0]!.owners) owner.failed = reason;
      return;
    }
    // One write behind at most, so that memory stays bounded and a failure stops the run.
    await this.#written();
    this.#write = this.#store(jobs, vectors).then(() =>
      this.#commitReady([...new Set(jobs.flatMap(({ owners }) => [...owners]))]),
    );
    this.#write.catch(() => {});
  }

  /** Waits for the write under way; throws what it failed with, once. */
  async #written(): Promise<void> {
    const write = this.#write;
    this.#write = Promise.resolve();
    await write;
  }

  async #store(jobs: Job[], vectors: Float32Array): Promise<void> {
    const { store } = this.#d;
    const { gen, embedder } = jobs[0]!.lane;
    const { dimensions } = embedder.spec;
    await store.putVectors(
      gen,
      jobs.map(({ passage: { hash } }, i) => ({
        hash,
        ...quantise(vectors.subarray(i * dimensions, (i + 1) * dimensions)),
      })),
      { embedded: jobs.length, batches: 1 },
      retried(jobs),
    );
    for (const { passage, owners } of jobs) {
      for (const owner of owners) owner.missing.delete(passage.hash);
    }
  }

  async #commitReady(works: NoteWork[]): Promise<void> {
    const { store, epoch, onProgress, faults } = this.#d;
    const ready = works.filter(
      ({ missing, ended, failed }) => !ended && !failed && missing.size === 0,
    );
    const [first] = ready;
    if (!first) return;
    const { lane } = first;
    const { gen } = lane;
    for (const work of ready) work.ended = true;
    const deltas = { reused: ready.reduce((sum, { reused }) => sum + reused, 0) };
    await faults('commit');
    const result = await store.commit({ gen, epoch, notes: ready.map(toCommit), deltas });
    await faults('committed');
    // Notes are embedded for another generation by now, and this worker has not heard of it: their
    // flags stay, and it would begin them again and again.
    if (lane === this.#d.target && !result.wanted) this.stop();
    this.#garbage = true;
    onProgress({
      ids: result.visible ? result.committed : [],
      seq: result.committed.length > 0 ? result.seq : 0,
      pending: result.pending,
      completed: result.runCompleted,
    });
  }

  async #quarantine(notes: { note: string; revision: number; reason: string }[]): Promise<void> {
    if (notes.length === 0) return;
    this.#garbage = true;
    await this.#d.store.setAside(this.#d.target.gen, notes, this.#d.clock.now());
    this.#d.onProgress({
      ids: [],
      seq: 0,
      pending: await this.#d.store.pendingCount(),
      completed: (await this.#d.store.get('runCompleted')) ?? 0,
    });
  }

  /** Vectors that no note holds any more go when nothing is pending: no orphans while a run lasts. */
  async #collectGarbage(): Promise<void> {
    const { store, target, building, epoch } = this.#d;
    // What is resident says nothing of a generation that is not searched yet.
    if (building) return;
    const { gen } = target;
    const held = await this.#d.referenced();
    if (!held) return;
    const unreferenced = (await store.vectorHashes(gen)).filter((hash) => !held.has(hash));
    if (unreferenced.length > 0) await store.collectGarbage(gen, unreferenced, epoch);
    await store.dropUnused();
    this.#garbage = false;
  }

  /** Vectors are brought together when there is nothing else to do, so that a start reads them fast. */
  async #pack(): Promise<void> {
    const { store, target, building, epoch } = this.#d;
    // It would be in the way of a start that still reads them.
    if (building || !this.#d.loaded()) return;
    const { dimensions } = target.embedder.spec;
    try {
      await store.pack(target.gen, dimensions, epoch, this.#interrupted);
    } catch (thrown) {
      // It needs some room for a moment. Where they lie they are as good, only slower to read.
      if (!isCode(thrown, 'storage-full')) throw thrown;
    }
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

const toCommit = ({ begun: { note, revision, meta }, passages }: NoteWork): CommitNote => ({
  note,
  revision: meta?.revision ?? revision,
  title: meta?.title ?? '',
  passages: meta
    ? passages.map(({ hash, start, end, headings }) => ({ hash, start, end, headings }))
    : null,
});

/** Notes on a second or later attempt: a slice done shows that they do not stop the engine. */
const retried = (jobs: Job[]): string[] => [
  ...new Set(
    jobs.flatMap(({ owners }) =>
      [...owners].filter(({ begun }) => begun.attempts > 1).map(({ begun }) => begun.note),
    ),
  ),
];

function reasonOf(thrown: unknown): string {
  const error = toFindlingError(thrown);
  console.error('embedding failed', error);
  return error instanceof FindlingError && error.code !== 'unknown'
    ? error.message
    : 'The model could not read this note.';
}
