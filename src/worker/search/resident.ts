import type { IndexStore } from '../../storage/index/index-store.ts';
import { vectorIn } from '../../storage/index/segments.ts';
import type { StoredMean } from '../../storage/kv.ts';
import { PURGED, PURGES_DONE } from '../../storage/purges.ts';
import type {
  GenerationId,
  NoteMeta,
  PassageList,
  StoredPassage,
  StoredVector,
} from '../../storage/schema.ts';
import { type WorkerClock, workerClock } from '../clock.ts';
import { readAhead } from '../read-ahead.ts';
import { type NoteMark, type StoredWords, snapshotMark } from './keyword-snapshot.ts';
import { formerNames, namesBeside, namesMark } from './names.ts';
import { NoteWords } from './note-words.ts';
import { VectorIndex } from './vectors.ts';

/** Notes with their texts read in one request, before yielding. */
const LOAD_CHUNK = 64;
/** Passage lists, or vectors outside segments, read in one request. */
const ROWS_AT_ONCE = 500;
/** Segments read in one request, about two megabytes. */
const SEGMENTS_AT_ONCE = 2;
/** Such requests under way at once. */
const READS_AHEAD = 3;
/** Time budget: work at a time before yielding to queries, ms. */
const TIME_BUDGET_MS = 15;

/** A keyword snapshot is stored once this share of the notes has changed since the last one … */
const SNAPSHOT_AFTER_SHARE = 0.02;
/** … and this many notes at least. */
const SNAPSHOT_AFTER = 32;
/** The mean is measured again once this share of the vectors has changed since … */
const MEAN_AFTER_SHARE = 0.02;
/** … and this many vectors at least. */
const MEAN_AFTER = 200;
/**
 * Where it has moved by more than this (vectors have length 1, and means lie about 0.6 from the
 * origin), the resident codes are made again.
 */
export const MEAN_DRIFT = 0.05;
/** Vectors from which the mean is measured. */
const MEAN_SAMPLE = 4_096;
/** Key in `kv` of the mean, for the next start. */
const MEAN = 'mean';

/**
 * What search reads: both indexes of one workspace, resident in this worker, kept in step with
 * storage. Changes run one after another, so that an older read never overwrites a newer one.
 */
export class Resident {
  readonly words = new NoteWords();
  readonly keyword = this.words.keyword;
  readonly comments = this.words.comments;
  readonly vectors: VectorIndex;
  /** What filters ask of a note. */
  readonly facts = new Map<string, NoteMeta>();
  readonly #store: IndexStore;
  readonly #gen: GenerationId;
  #last: Promise<unknown> = Promise.resolve();
  /** Rises with every mean that the resident codes were made with. */
  centred = 0;
  #mean: Float32Array | null = null;
  /** `vectors.changes` when the mean was last looked at. */
  #lookedAt = 0;
  #recentring: Promise<void> | null = null;
  /** `keyword.changes` at the last snapshot, stored or restored. */
  #snapshotAt = 0;
  #savingSnapshot = false;
  /** Number of the last purge whose notes' words are certainly not in `keyword`. */
  #prunedFor = 0;
  total = 0;
  /** Notes whose words, whose passages are still to be read. */
  #wordsLeft = 0;
  #listsLeft = 0;
  /** Passages whose stored vector could not be used, and their hashes. */
  damaged = 0;
  readonly damagedHashes = new Set<string>();
  readonly #onDamaged: (notes: string[]) => void;
  readonly #clock: Pick<WorkerClock, 'ticks' | 'yieldToMessages'>;

  /** @param onDamaged told of notes whose stored vectors are missing or unusable */
  constructor(
    store: IndexStore,
    gen: GenerationId,
    dimensions: number,
    onDamaged: (notes: string[]) => void = () => {},
    clock: Pick<WorkerClock, 'ticks' | 'yieldToMessages'> = workerClock,
  ) {
    this.#clock = clock;
    this.#onDamaged = onDamaged;
    this.#store = store;
    this.#gen = gen;
    this.vectors = new VectorIndex(dimensions);
  }

  /** Notes that can be found by words and meaning. */
  get loaded(): number {
    return this.total - Math.max(this.#wordsLeft, this.#listsLeft);
  }

  /** Loads everything, searchable meanwhile; a second time, forgets what is gone. */
  async load(): Promise<void> {
    const before = this.vectors.ids();
    // Asked for at once: storage reads while the model's code is set up, which takes the thread.
    const count = this.#store.noteCount();
    const words = this.#inTurn(() => this.#restoreWords());
    const mean = this.#store.get(MEAN);
    for (const one of [words, mean]) one.catch(() => {});
    this.total = this.#wordsLeft = this.#listsLeft = await count;
    const { ids, unread } = await words;
    const there = new Set(ids);
    this.total = this.#listsLeft = ids.length;
    this.#wordsLeft = unread.length;
    await this.notesChanged(before.filter((id) => !there.has(id)));
    this.#takeMean(await mean);
    await this.#loadVectors();
    await this.#loadLists(there);
    await this.#loadWords(unread);
    await this.#recentre();
  }

  /**
   * Takes the words of unchanged notes from the stored snapshot, if there are none yet.
   * @returns the notes there are, and those of them still to be read
   */
  async #restoreWords(): Promise<{ ids: string[]; unread: string[] }> {
    const all = (ids: string[]) => ({ ids, unread: ids });
    if (this.keyword.size > 0) return all(await this.#store.noteIds());
    // Before the snapshot: what is done by then holds for the snapshot.
    this.#prunedFor = (await this.#store.get(PURGES_DONE)) ?? 0;
    // Side by side: the snapshot is one large value, the metas are thousands of small ones.
    const [stored, metas] = await Promise.all([
      this.#store.keywordSnapshot(),
      this.#store.noteMetas(),
    ]);
    const ids = metas.map(({ id }) => id);
    const snapshot = stored as StoredWords | undefined;
    if (snapshot?.build !== snapshotMark()) return all(ids);
    let restored: Map<string, NoteMark>;
    try {
      restored = this.words.restore(snapshot);
    } catch (thrown) {
      console.warn('the stored keyword index is damaged: it is made anew', thrown);
      return all(ids);
    }
    this.#snapshotAt = this.keyword.changes;
    const unread = new Set(ids);
    for (const meta of metas) {
      const mark = restored.get(meta.id);
      if (mark?.revision === meta.revision && mark.names === namesMark(meta)) {
        this.facts.set(meta.id, meta);
        unread.delete(meta.id);
      }
      restored.delete(meta.id);
    }
    for (const gone of restored.keys()) this.words.remove(gone);
    return { ids, unread: [...unread] };
  }

  /**
   * Stores a snapshot of the keyword index, if it differs much from the last one. For the leader,
   * when there is nothing else to do. No word of a note that was purged is in it.
   * @param force stores it whether or not it has changed
   * @param stop asked now and then: there is something else to do
   * @returns whether it was stored
   */
  async saveSnapshot(force = false, stop = () => false): Promise<boolean> {
    const { keyword } = this;
    if (this.#wordsLeft > 0 || this.#savingSnapshot) return false;
    const changed = keyword.changes - this.#snapshotAt;
    if (!force && changed < Math.max(SNAPSHOT_AFTER, SNAPSHOT_AFTER_SHARE * keyword.size))
      return false;
    this.#savingSnapshot = true;
    try {
      const purged = (await this.#store.get(PURGED)) ?? 0;
      if (this.#prunedFor !== purged) {
        if (!(await this.words.prune((meet) => this.#readTexts(meet, stop)))) return false;
        this.#prunedFor = purged;
      }
      const at = keyword.changes;
      const markOf = (id: string): NoteMark => {
        const meta = this.facts.get(id);
        return { revision: meta?.revision ?? 0, names: meta ? namesMark(meta) : 0 };
      };
      const snapshot = await this.words.snapshot(markOf, this.#clock.yieldToMessages);
      if (!snapshot) return false;
      await this.#store.putKeywordSnapshot(snapshot);
      this.#snapshotAt = at;
      return true;
    } finally {
      this.#savingSnapshot = false;
    }
  }

  /** Names and texts of all notes, a few at a time. @returns false when told to stop */
  async #readTexts(
    meet: (note: { names: string[]; text: string }) => void,
    stop: () => boolean,
  ): Promise<boolean> {
    const ids = [...this.keyword.ids()];
    let began = this.#clock.ticks();
    for (let at = 0; at < ids.length; at += LOAD_CHUNK) {
      const some = ids.slice(at, at + LOAD_CHUNK);
      const notes = await this.#store.notes(some);
      for (const note of notes) {
        if (!note) continue;
        const { meta, text } = note;
        meet({ names: [meta.title, ...namesBeside(meta), ...formerNames(meta)], text });
        if (this.#clock.ticks() - began < TIME_BUDGET_MS) continue;
        await this.#clock.yieldToMessages();
        if (stop()) return false;
        began = this.#clock.ticks();
      }
      // Gone, and this worker has not heard of it yet.
      const gone = some.filter((_, i) => !notes[i]);
      if (gone.length > 0) await this.notesChanged(gone);
    }
    return true;
  }

  /** All vectors there are, in few large reads, before the lists that tell whose they are. */
  async #loadVectors(): Promise<void> {
    const store = this.#store;
    const ids = await store.segmentIds(this.#gen);
    const read = (i: number) =>
      store.segments(this.#gen, ids[i * SEGMENTS_AT_ONCE - 1] ?? 0, SEGMENTS_AT_ONCE);
    // Storage reads on while what it has read is taken in.
    const count = Math.ceil(ids.length / SEGMENTS_AT_ONCE);
    for await (const segments of readAhead(count, READS_AHEAD, read)) {
      for (const segment of segments) {
        for (const [at, hash] of segment.hashes.entries()) {
          this.vectors.preload(hash, vectorIn(segment, at));
        }
        await this.#clock.yieldToMessages();
      }
    }
    for (let after: string | null = null; ; ) {
      const rows: StoredVector[] = await store.vectorsApart(this.#gen, after, ROWS_AT_ONCE);
      for (const { hash, codes, scale } of rows) this.vectors.preload(hash, { codes, scale });
      const last = rows.at(-1);
      if (!last) break;
      after = last.hash;
      await this.#clock.yieldToMessages();
    }
  }

  async #loadLists(there: ReadonlySet<string>): Promise<void> {
    for (let after: string | null = null; ; ) {
      // Read in turn: an older list must not come after a newer one.
      const last: string | undefined = await this.#inTurn(async () => {
        const lists = await this.#store.passageLists(this.#gen, after, ROWS_AT_ONCE);
        const present = lists.filter(({ note }) => there.has(note));
        await this.#takeLists(present);
        this.#listsLeft -= present.length;
        return lists.at(-1)?.note;
      });
      if (last === undefined) break;
      after = last;
      await this.#clock.yieldToMessages();
    }
    this.#listsLeft = 0;
    await this.#inTurn(async () => this.vectors.dropUnheld());
  }

  async #loadWords(ids: string[]): Promise<void> {
    for (let at = 0; at < ids.length; at += LOAD_CHUNK) {
      const some = ids.slice(at, at + LOAD_CHUNK);
      await this.#inTurn(() => this.#readNotes(some));
      this.#wordsLeft = ids.length - at - some.length;
      await this.#clock.yieldToMessages();
    }
    this.#wordsLeft = 0;
  }

  /** The mean of the last time, before any vector is there: each is then encoded once. */
  #takeMean(kept: StoredMean | undefined): void {
    const { dimensions, slotsInUse } = this.vectors;
    if (kept?.gen !== this.#gen || kept.mean.length !== dimensions || slotsInUse > 0) return;
    this.#mean = kept.mean;
    this.vectors.setMean(kept.mean);
  }

  /**
   * Sets what all vectors have in common, unless it is hardly another: without it the first pass of
   * search is less sharp.
   */
  async #recentre(sample?: number): Promise<void> {
    const now = this.vectors.meanOfAll(sample);
    const before = this.#mean;
    this.#lookedAt = this.vectors.changes;
    if (before && Math.hypot(...now.map((x, i) => x - before[i]!)) <= MEAN_DRIFT) return;
    this.vectors.setMean(now);
    this.#mean = now;
    this.centred++;
    while (!this.vectors.recode()) await this.#clock.yieldToMessages();
    // Without it, the next start only makes it again.
    await this.#store.set(MEAN, { gen: this.#gen, mean: now }).catch(() => {});
  }

  /** In the background, once what is indexed has become something else than it was. */
  #followMean(): void {
    const changed = this.vectors.changes - this.#lookedAt;
    const least = Math.max(MEAN_AFTER, MEAN_AFTER_SHARE * this.vectors.slotsInUse);
    if (this.#recentring || changed < least) return;
    this.#recentring = this.#recentre(MEAN_SAMPLE).finally(() => {
      this.#recentring = null;
    });
  }

  /** Notes were saved, deleted or restored: findable by their words from here on. */
  notesChanged(ids: string[]): Promise<void> {
    return this.#inTurn(() => this.#readNotes(ids));
  }

  /** Notes were committed: their passages and vectors are in storage. */
  async committed(ids: string[]): Promise<void> {
    await this.#inTurn(() => this.#readPassages(ids));
    this.#followMean();
  }

  /** Resolves when all changes so far are in. */
  async settled(): Promise<unknown> {
    await this.#last;
    return this.#recentring;
  }

  /** Of a note as it was last indexed; undefined where it has no vectors here. */
  passagesOf(note: string): { revision: number; passages: StoredPassage[] } | undefined {
    return this.vectors.note(note);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #readNotes(ids: string[]): Promise<void> {
    for (let at = 0; at < ids.length; at += LOAD_CHUNK) {
      const some = ids.slice(at, at + LOAD_CHUNK);
      const notes = await this.#store.notes(some);
      let began = this.#clock.ticks();
      for (const [i, id] of some.entries()) {
        const note = notes[i];
        if (note) {
          this.words.set({
            id,
            title: note.meta.title,
            names: namesBeside(note.meta),
            former: formerNames(note.meta),
            text: note.text,
          });
          this.facts.set(id, note.meta);
        } else {
          this.facts.delete(id);
          this.words.remove(id);
          this.vectors.removeNote(id);
        }
        if (this.#clock.ticks() - began < TIME_BUDGET_MS) continue;
        await this.#clock.yieldToMessages();
        began = this.#clock.ticks();
      }
      if (at + LOAD_CHUNK < ids.length) await this.#clock.yieldToMessages();
    }
  }

  async #readPassages(ids: string[]): Promise<void> {
    const lists = await Promise.all(ids.map((id) => this.#store.passageList(this.#gen, id)));
    for (const [i, id] of ids.entries()) if (!lists[i]) this.vectors.removeNote(id);
    await this.#takeLists(lists.filter((list) => list !== undefined));
  }

  async #takeLists(lists: PassageList[]): Promise<void> {
    const wanted = new Set<string>();
    for (const { passages } of lists) {
      for (const { hash } of passages) if (!this.vectors.has(hash)) wanted.add(hash);
    }
    const hashes = [...wanted];
    const stored = hashes.length > 0 ? await this.#store.vectors(this.#gen, hashes) : [];
    const vectors = new Map(hashes.map((hash, i) => [hash, stored[i]]));
    const damagedNotes: string[] = [];
    for (const list of lists) {
      const damaged = this.vectors.setNote(list, (hash) => vectors.get(hash));
      this.damaged += damaged;
      if (damaged > 0) damagedNotes.push(list.note);
      for (const { hash } of list.passages) {
        if (this.vectors.has(hash)) this.damagedHashes.delete(hash);
        else this.damagedHashes.add(hash);
      }
    }
    if (damagedNotes.length > 0) this.#onDamaged(damagedNotes);
  }
}
