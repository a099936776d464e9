import { pauseOf } from '../../clock.ts';
import { type ErrorCode, toFindlingError } from '../../errors.ts';
import { MAX_ATTEMPTS } from '../../protocol.ts';
import type { CommitNote } from '../../storage/index/commit.ts';
import type { IndexStore } from '../../storage/index/index-store.ts';
import type { BegunNote } from '../../storage/index/pending.ts';
import type { WorkerClock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import type { InferenceQueue } from '../inference-queue.ts';
import type { EmbeddingTarget } from '../model/generation-models.ts';
import { quantise } from '../model/quantise.ts';
import type { Intake } from '../queue/intake.ts';
import type { PreparedPassage } from './prepare.ts';
import type { Rate } from './rate.ts';
import type { SliceSizer } from './slices.ts';

/** Passages tokenized at a time before yielding to queries. */
const TOKENIZED_AT_ONCE = 32;
/** What a slice should take while somebody searches, ms. */
const ASKED_SLICE_MS = 20;

export interface WindowDeps {
  store: IndexStore;
  intake: Intake;
  /** What pending notes are embedded for. */
  target: EmbeddingTarget;
  /** What is searched while `target` is being built; edited notes are kept up to date in it too. */
  serving: EmbeddingTarget | null;
  inferenceQueue: InferenceQueue;
  sizer: SliceSizer;
  rate: Rate;
  clock: WorkerClock;
  epoch: number;
  /** Whether somebody searches just now, so that the next query will not be long in coming. */
  beingAsked: () => boolean;
  /** The rest due after a slice that took so long, ms. */
  restMs: (workedMs: number) => number;
  /**
   * Notes are committed, or quarantined; counts as of that moment. `ids`: those that searches see.
   */
  onProgress: (progress: {
    ids: string[];
    seq: number;
    pending: number;
    completed: number;
  }) => void;
  /** Hashes whose stored vector was found unusable. */
  damaged: () => ReadonlySet<string>;
  /** Where tests break it. */
  faults: Faults;
}

/** The run that a window is part of. */
interface Run {
  /** Whether it is to end, or to hold back. */
  halted(): boolean;
  stop(): void;
  /** Notes that were asked for by themselves are due: they go first. */
  embedAsked(): Promise<void>;
  /** There may be vectors now that no note holds. */
  onGarbage(): void;
}

interface Job {
  target: EmbeddingTarget;
  passage: PreparedPassage;
  ids: number[];
  owners: Set<NoteWork>;
}

interface NoteWork {
  target: EmbeddingTarget;
  begun: BegunNote;
  passages: PreparedPassage[];
  /** Hashes not embedded yet. */
  missing: Set<string>;
  /** Passages that cost no inference: embedded before, or shared with another note. */
  reused: number;
  failed?: string;
  ended: boolean;
}

/**
 * Embeds what is new in some notes, slice by slice, and commits each note as its vectors are there.
 */
export class WindowEmbedding {
  readonly #d: WindowDeps;
  readonly #run: Run;
  #sliceBegan: number | null = null;
  /** The write under way, commits included: the next slice is computed meanwhile. */
  #write: Promise<void> = Promise.resolve();

  constructor(deps: WindowDeps, run: Run) {
    this.#d = deps;
    this.#run = run;
  }

  /** How long the slice under way has taken so far, ms; 0 between slices. */
  sliceMs(now: number): number {
    return this.#sliceBegan === null ? 0 : now - this.#sliceBegan;
  }

  /** While another generation is built, notes written meanwhile come into the present one first. */
  async embed(begun: BegunNote[]): Promise<void> {
    const { serving, target, faults } = this.#d;
    const [first] = begun;
    // Only a note that is embedded alone can have so many attempts.
    if (first && first.attempts > MAX_ATTEMPTS) {
      const { note, revision } = first;
      return this.#quarantine([{ note, revision, reason: 'stopped' }]);
    }
    await faults('begun', () => begun.map(({ text }) => text));
    if (serving) {
      const stale = await this.#staleIn(serving, begun);
      if (stale.length > 0) await this.#work(stale, serving);
    }
    await this.#work(begun, target);
  }

  async #staleIn({ gen }: EmbeddingTarget, begun: BegunNote[]): Promise<BegunNote[]> {
    const have = await Promise.all(begun.map(({ note }) => this.#d.store.passageList(gen, note)));
    return begun.filter(({ meta }, i) => meta && have[i]?.revision !== meta.revision);
  }

  async #work(begun: BegunNote[], target: EmbeddingTarget): Promise<void> {
    const { clock, rate } = this.#d;
    // What is still being written must count as known: nothing is embedded twice.
    await this.#written();
    const began = clock.ticks();
    const works: NoteWork[] = [];
    for (const note of begun) {
      works.push(await this.#prepare(note, target));
      await clock.yieldToMessages();
    }
    const jobs = await this.#jobs(works, target);
    await this.#commitReady(works);
    let batches = 0;
    const lengths = jobs.map(({ ids }) => ids.length);
    for (let from = 0; from < jobs.length; ) {
      if (this.#run.halted()) break;
      // A note that was asked for by itself goes before the rest of a sweep.
      if (this.#d.intake.isDue()) await this.#run.embedAsked();
      const hurry = this.#d.beingAsked() ? ASKED_SLICE_MS : undefined;
      const to = this.#d.sizer.end(lengths, from, hurry);
      const sliceBegan = clock.ticks();
      await this.#slice(jobs.slice(from, to));
      const rest = this.#d.restMs(clock.ticks() - sliceBegan);
      batches++;
      from = to;
      if (rest > 0) await pauseOf(clock, rest);
      else await clock.yieldToMessages();
    }
    await this.#written();
    await this.#commitReady(works);
    // Only what is being embedded for decides about a note.
    if (target !== this.#d.target) return;
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

  async #prepare(begun: BegunNote, target: EmbeddingTarget): Promise<NoteWork> {
    const passages = begun.meta ? await target.preparer.prepare(begun.meta.title, begun.text) : [];
    return { target, begun, passages, missing: new Set(), reused: passages.length, ended: false };
  }

  /** What must be embedded, each text once, shortest first so that little is padded. */
  async #jobs(works: NoteWork[], target: EmbeddingTarget): Promise<Job[]> {
    const { embedder } = target;
    const { clock } = this.#d;
    const all = new Map<string, Job>();
    for (const work of works) {
      for (const passage of work.passages) {
        const job = all.get(passage.hash);
        if (job) job.owners.add(work);
        else all.set(passage.hash, { target, passage, ids: [], owners: new Set([work]) });
      }
    }
    const known = await this.#known(target, works, [...all.keys()]);
    const jobs: Job[] = [];
    for (const [hash, job] of all) {
      if (known.has(hash)) continue;
      job.ids = embedder.encode(job.passage.embedText, 'passage');
      for (const owner of job.owners) owner.missing.add(hash);
      const [first] = job.owners;
      if (first) first.reused--;
      if (jobs.push(job) % TOKENIZED_AT_ONCE === 0) await clock.yieldToMessages();
    }
    return jobs.sort((a, b) => a.ids.length - b.ids.length);
  }

  /**
   * What a note's stored list names needs no look: two hundred look-ups cost as much as an edit.
   */
  async #known(target: EmbeddingTarget, works: NoteWork[], hashes: string[]): Promise<Set<string>> {
    const { store, damaged } = this.#d;
    const known = new Set<string>();
    for (const { begun } of works) {
      const list = begun.meta && (await store.passageList(target.gen, begun.note));
      for (const { hash } of list?.passages ?? []) if (!damaged().has(hash)) known.add(hash);
    }
    const others = hashes.filter((hash) => !known.has(hash) && !damaged().has(hash));
    for (const hash of await store.knownHashes(target.gen, others)) known.add(hash);
    return known;
  }

  /** Embeds a slice, stores its vectors and commits; a failing passage is isolated by halving. */
  async #slice(jobs: Job[], retry = true): Promise<void> {
    const { inferenceQueue, clock, sizer, rate, faults } = this.#d;
    const { embedder } = jobs[0]!.target;
    let vectors: Float32Array;
    try {
      vectors = await inferenceQueue.run('slice', async () => {
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
    const { gen, embedder } = jobs[0]!.target;
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
    const { target } = first;
    const { gen } = target;
    for (const work of ready) work.ended = true;
    const deltas = { reused: ready.reduce((sum, { reused }) => sum + reused, 0) };
    await faults('commit');
    const result = await store.commit({ gen, epoch, notes: ready.map(toCommit), deltas });
    await faults('committed');
    // Notes are embedded for another generation by now, and this worker has not heard of it: their
    // flags stay, and it would begin them again and again.
    if (target === this.#d.target && !result.wanted) this.#run.stop();
    this.#run.onGarbage();
    onProgress({
      ids: result.visible ? result.committed : [],
      seq: result.committed.length > 0 ? result.seq : 0,
      pending: result.pending,
      completed: result.runCompleted,
    });
  }

  async #quarantine(notes: { note: string; revision: number; reason: string }[]): Promise<void> {
    if (notes.length === 0) return;
    this.#run.onGarbage();
    await this.#d.store.quarantineNotes(this.#d.target.gen, notes, this.#d.clock.now());
    this.#d.onProgress({
      ids: [],
      seq: 0,
      pending: await this.#d.store.pendingCount(),
      completed: (await this.#d.store.get('runCompleted')) ?? 0,
    });
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

function reasonOf(thrown: unknown): ErrorCode {
  const error = toFindlingError(thrown);
  console.error('embedding failed', error);
  return error.code;
}
