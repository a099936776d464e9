import type { NoteName, SearchHit, SearchResponse } from '../../protocol.ts';
import { isEmpty, isInComments, parseQuery, type Query } from '../../query.ts';
import type { IndexStore } from '../../storage/index/index-store.ts';
import { LinkIndex } from '../../storage/notes/link-index.ts';
import { linksToNotes } from '../../storage/notes/note-links.ts';
import { readForLinks } from '../../storage/notes/read-links.ts';
import { plainCase } from '../chunk/plain-case.ts';
import type { WorkerClock } from '../clock.ts';
import type { Embedder } from '../embedder.ts';
import type { Preparer } from '../indexer/prepare.ts';
import type { InferenceQueue } from '../inference-queue.ts';
import { AllowedNotes } from './allowed-notes.ts';
import type { NoteRow } from './branded-numbers.ts';
import { type Calibration, calibrate, closeness, isCurrent } from './calibration.ts';
import { calibrationKey, calibrationRows } from './calibration-rows.ts';
import { correctedQuery } from './correct.ts';
import { nearlySame } from './duplicates.ts';
import { type Familiar, familiarity } from './familiar.ts';
import { knownCalibration } from './known-calibrations.ts';
import { Meaning } from './meaning.ts';
import type { MeaningHit } from './meaning-match.ts';
import { type NearestIn, Presenter } from './present.ts';
import { type Ranked, type Ranking, rank } from './rank.ts';
import { ReadDocuments } from './read-documents.ts';
import { NoteReader } from './read-notes.ts';
import type { Resident } from './resident.ts';
import { Sentences } from './sentences.ts';

/** After a query, another one is likely for so long, ms. */
const ASKED_FOR_MS = 3_000;
/** Queries are cut here, UTF-16 units: a pasted page is searched by its beginning. */
const LONGEST_QUERY = 2_000;
/**
 * Related notes: passages of a note that represent it, beside its mean; measured in
 * docs/RANKING.md.
 */
const RELATED_PASSAGES = 8;
/** Related notes: best scores of the representative vectors that count; measured there. */
const RELATED_COUNTED = 5;
/** Results ranked at least: ten are shown at once, then the page asks for the rest. */
const RANKED = 30;
/** Passages of one answer in which the nearest sentence is looked for. */
const SENTENCES_IN = 8;
/** Sentences embedded in one batch, before another query may come. */
const EMBEDDED_AT_ONCE = 4;

export interface SearchDeps {
  resident: Resident;
  store: IndexStore;
  inferenceQueue: InferenceQueue;
  embedder: () => Embedder | null;
  modelFailed: () => boolean;
  /** null while there is no model. */
  preparer: () => Preparer | null;
  clock: Pick<WorkerClock, 'ticks' | 'yieldToMessages'>;
}

export interface SearchOptions {
  limit: number;
  /** Also what hardly fits. */
  weak?: boolean;
  /** Mark sentences by their own vectors: takes longer. */
  sentences?: boolean;
}

/** An answer's ranking, and what it was made of. */
interface LastRanking {
  of: readonly unknown[];
  limit: number;
  ranking: Ranking;
  text: string;
  vector: Float32Array | null;
  calibration: Calibration | null;
}

/** Keyword and meaning together, a result a note with its best passage. */
export class Search {
  readonly #deps: SearchDeps;
  readonly #meaning: Meaning;
  /** One for ranking and showing: what the one has read the other needs. */
  readonly #reader: NoteReader;
  readonly #presenter: Presenter;
  readonly #allowed: AllowedNotes;
  readonly #sentences = new Sentences();
  #calibration: Promise<Calibration> | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;
  #ranked: LastRanking | null = null;

  constructor(deps: SearchDeps) {
    this.#deps = deps;
    this.#meaning = new Meaning(deps.resident.vectors);
    const { resident, preparer, store } = deps;
    const documents = new ReadDocuments();
    this.#reader = new NoteReader(store, resident.facts, documents);
    this.#presenter = new Presenter({ resident, preparer, documents, reader: this.#reader });
    this.#allowed = new AllowedNotes(resident, store);
  }

  /** Whether a query came in the last seconds. */
  get beingAsked(): boolean {
    return this.#deps.clock.ticks() - this.#askedAt < ASKED_FOR_MS;
  }

  /**
   * Ranks all notes and presents the first `limit`; by words alone while there is no model. No hits
   * once `cancelled`. A query is cut after `LONGEST_QUERY` UTF-16 units.
   */
  async search(
    raw: string,
    { limit, weak = false, sentences = false }: SearchOptions,
    cancelled: () => boolean,
  ): Promise<SearchResponse> {
    const { resident, clock, embedder } = this.#deps;
    this.#askedAt = clock.ticks();
    const query = parseQuery(raw.slice(0, LONGEST_QUERY));
    const text = query.text.replace(/\s+/g, ' ');
    const inComments = isInComments(query);
    const model = embedder();
    let hits: SearchHit[] = [];
    let nearest: SearchHit[] = [];
    let corrected: SearchResponse['corrected'] = null;
    let weaker = 0;
    // A comment has no vectors of its own.
    const known: Familiar = model && text !== '' ? familiarity(model, text) : 'well';
    if (text === '') {
      const allowed = isEmpty(query) ? () => false : await this.#allowed.of(query);
      const newest = this.#newestFirst(allowed).slice(0, limit);
      hits = await this.#presenter.present(newest, null, { titles: titlesIn(query), inComments });
    } else {
      const used = known === 'none' ? null : model;
      const unsure = known === 'little';
      const asked = { text, model: used, limit, weak, unsure };
      const found = await this.#rank(raw, query, asked, cancelled);
      weaker = found?.ranking.weaker ?? 0;
      if (found) {
        const { ranked, words, about } = found.ranking;
        const nearestIn = sentences && used ? this.#nearestIn(found, used, cancelled) : undefined;
        const how = { titles: titlesIn(query), about, nearest: nearestIn, inComments };
        hits = await this.#presenter.present(ranked.slice(0, limit), words, how);
        nearest = await this.#presenter.present(found.ranking.nearest, words, how);
        if (hits.length === 0) corrected = correctedQuery(raw, resident.keyword);
      }
    }
    return {
      query: raw,
      hits,
      nearest,
      corrected,
      weaker,
      hint: query.hint,
      meaning: model
        ? known === 'none'
          ? 'unknown'
          : 'used'
        : this.#deps.modelFailed()
          ? 'none'
          : 'loading',
      loaded: resident.loaded,
      total: resident.total,
    };
  }

  /** @returns at least `limit` results, where there are so many; null once nobody waits for them */
  async #rank(
    raw: string,
    query: Query,
    asked: { text: string; model: Embedder | null; limit: number; weak: boolean; unsure: boolean },
    cancelled: () => boolean,
  ): Promise<LastRanking | null> {
    const { keyword, comments, vectors } = this.#deps.resident;
    const { text, weak } = asked;
    // A comment has no vectors of its own.
    const inComments = isInComments(query);
    const model = inComments ? null : asked.model;
    const of = [raw, weak, model, keyword.changes, vectors.changes, vectors.row];
    const last = this.#ranked;
    if (last && last.limit >= asked.limit && of.every((part, i) => part === last.of[i])) {
      return last;
    }
    const calibration = model ? await this.#calibrated(model) : null;
    const vector = model ? await this.#embed(model, text, cancelled) : null;
    const allowed = query.pieces.length > 0 ? await this.#allowed.of(query) : undefined;
    if (cancelled()) return null;
    const limit = Math.max(RANKED, asked.limit);
    const ranking = await rank(
      { keyword: inComments ? comments : keyword, meaning: this.#meaning, reader: this.#reader },
      {
        text,
        typing: !/[\s"”]$/.test(raw),
        vector,
        calibration,
        allowed,
        limit,
        // What has the very phrase is an answer.
        strongOnly: !weak && query.phrases.length === 0,
        unsure: asked.unsure,
      },
    );
    const made = { of, limit, ranking, text, vector, calibration };
    this.#ranked = made;
    return made;
  }

  /**
   * Looks for the sentence of a passage that is nearest to the query, in the first few passages.
   */
  #nearestIn(
    { text, vector, calibration }: LastRanking,
    model: Embedder,
    cancelled: () => boolean,
  ): NearestIn | undefined {
    if (!vector || !calibration) return undefined;
    let left = SENTENCES_IN;
    return async (passage) => {
      if (left-- <= 0 || cancelled()) return null;
      return this.#sentences.nearest(passage, {
        query: text,
        vector,
        mean: calibration.mean,
        embed: (sentences) => this.#embedAll(model, sentences, cancelled),
      });
    };
  }

  async #embedAll(
    model: Embedder,
    texts: readonly string[],
    cancelled: () => boolean,
  ): Promise<Float32Array[] | null> {
    const { dimensions } = model.spec;
    const vectors: Float32Array[] = [];
    for (let at = 0; at < texts.length; at += EMBEDDED_AT_ONCE) {
      const some = texts.slice(at, at + EMBEDDED_AT_ONCE);
      const ids = some.map((text) => model.encode(plainCase(text), 'passage'));
      if (ids.some((row) => row.length === 0)) return null;
      // A new key must not wait for all of them.
      const flat = await this.#deps.inferenceQueue.run('query', async () => {
        await this.#deps.clock.yieldToMessages();
        return cancelled() ? null : model.embed(ids);
      });
      if (!flat) return null;
      for (let i = 0; i < some.length; i++) {
        vectors.push(flat.subarray(i * dimensions, (i + 1) * dimensions));
      }
    }
    return vectors;
  }

  /**
   * What is near to a note as a whole, or to some of its passages: of those its best few decide, so
   * that a note that shares several subjects with it comes before one that shares a single one.
   * @param unlinked without the notes that it links to already
   */
  async related(
    note: string,
    { limit, unlinked = false }: { limit: number; unlinked?: boolean },
    isCancelled: () => boolean,
  ): Promise<SearchHit[]> {
    const { resident, embedder } = this.#deps;
    const representatives = resident.vectors.representativeVectors(note, RELATED_PASSAGES);
    const model = embedder();
    if (representatives.length === 0 || !model) return [];
    const calibration = await this.#calibrated(model);
    const floor = this.#meaning.floor(calibration);
    const linked = unlinked ? await this.#linkedFrom(note) : new Set<string>();
    const found = new Map<string, { scores: number[]; best: MeaningHit }>();
    for (const vector of representatives) {
      if (isCancelled()) return [];
      const match = this.#meaning.match(vector, calibration, { skip: note });
      for (let r = 0 as NoteRow; r < match.notes.length; r++) {
        if (match.best[r]! < 0 || closeness(match.cosines[r]!, calibration) < floor) continue;
        const { id } = match.notes[r]!;
        if (!resident.keyword.has(id) || linked.has(id)) continue;
        const hit = match.hitAt(r)!;
        const entry = found.get(id) ?? { scores: [], best: hit };
        entry.scores.push(hit.score);
        if (hit.score > entry.best.score) entry.best = hit;
        found.set(id, entry);
      }
      await this.#deps.clock.yieldToMessages();
    }
    const counted = Math.min(RELATED_COUNTED, representatives.length);
    const near = [...found]
      .map(([id, { scores, best }]): Ranked => {
        const most = scores.sort((a, b) => b - a).slice(0, counted);
        const score = most.reduce((sum, one) => sum + one, 0) / counted;
        return { id, score, strong: true, alike: true, meaning: best };
      })
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    return this.#presenter.present(near.slice(0, limit), null);
  }

  /** Groups of notes in nearly the same words, largest first, at most `limit`. */
  async duplicates(limit: number): Promise<NoteName[][]> {
    const { keyword, facts } = this.#deps.resident;
    const groups = await nearlySame(keyword.allTerms(), this.#deps.clock.yieldToMessages);
    const named = groups.map((ids) =>
      ids.flatMap((note) => {
        const meta = facts.get(note);
        return meta ? [{ note, title: meta.title, path: meta.path }] : [];
      }),
    );
    return named
      .filter((group) => group.length > 1)
      .sort((a, b) => b.length - a.length)
      .slice(0, limit);
  }

  /** The notes that a note's text links to: those that would name it among their backlinks. */
  async #linkedFrom(note: string): Promise<Set<string>> {
    const { facts } = this.#deps.resident;
    const [stored] = await this.#deps.store.notes([note]);
    if (!stored) return new Set();
    const index = new LinkIndex([...facts.values()]);
    const links = linksToNotes(readForLinks(stored.text), stored.meta, index);
    return new Set(Array.from(links, ({ to }) => to.id));
  }

  #newestFirst(allowed: (note: string) => boolean): Ranked[] {
    const { facts } = this.#deps.resident;
    return [...facts.values()]
      .filter(({ id }) => allowed(id))
      .sort((a, b) => b.modified - a.modified || (a.id < b.id ? -1 : 1))
      .map(({ id }) => ({ id, score: 0, strong: true, alike: false, meaning: undefined }));
  }

  /** The model's scale: stored, or come with it, or made from its vectors when it is first used. */
  #calibrated(model: Embedder): Promise<Calibration> {
    this.#calibration ??= this.#calibrate(model).catch((thrown) => {
      // The next query tries again.
      this.#calibration = null;
      throw thrown;
    });
    return this.#calibration;
  }

  async #calibrate(model: Embedder): Promise<Calibration> {
    const { store, inferenceQueue } = this.#deps;
    const key = calibrationKey(model.spec);
    const stored = await store.get(key);
    if (isCurrent(stored, model.spec.dimensions)) return stored;
    const known = knownCalibration(model.spec);
    if (isCurrent(known, model.spec.dimensions)) return known;
    const calibration = calibrate(
      await calibrationRows(model, (work) => inferenceQueue.run('query', work)),
    );
    // Without it, the next worker only makes it again.
    await store.set(key, calibration).catch(() => {});
    return calibration;
  }

  async #embed(
    model: Embedder,
    text: string,
    cancelled: () => boolean,
  ): Promise<Float32Array | null> {
    // The sign of a beginning says nothing.
    const ids = model.encode(plainCase(text.replaceAll('*', ' ').trim()), 'query');
    if (ids.length === 0) return null;
    return this.#deps.inferenceQueue.run('query', async () =>
      cancelled() ? null : model.embed([ids]),
    );
  }
}

/** What `title:` asks for. */
const titlesIn = ({ filters }: Query): string[] =>
  filters.flatMap((one) => (one.kind === 'title' && !one.not ? [one.value] : []));
