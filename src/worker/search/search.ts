import type { PassageHit, SearchHit, SearchResponse, Why } from '../../protocol.ts';
import type { IndexStore } from '../../storage/index/index-store.ts';
import type { StoredPassage } from '../../storage/schema.ts';
import type { Embedder } from '../embedder.ts';
import type { Gate } from '../gate.ts';
import type { Preparer } from '../indexer/prepare.ts';
import { keepLiteralHits, reciprocalRankFusion } from './fuse.ts';
import type { KeywordHit } from './keyword.ts';
import type { Resident } from './resident.ts';
import { bestWindow, countTerms, excerpt } from './snippet.ts';
import { contentTerms } from './terms.ts';

/** How many of each side take part in the fusion. */
const DEPTH = 200;
/** Below this cosine a passage only seems alike: unrelated texts lie around .37 with this model. */
const MEANING_FLOOR = 0.4;
/** After a query, another one is likely for so long, ms. */
const ASKED_FOR_MS = 3_000;
/** Queries are cut here, UTF-16 units: a pasted page is searched by its beginning. */
const LONGEST_QUERY = 2_000;
/** A longer note in the middle of an edit shows the stretch with its words instead. */
const LONGEST_RESPLIT = 100_000;

export interface SearchDeps {
  resident: Resident;
  store: IndexStore;
  gate: Gate;
  embedder: () => Embedder | null;
  modelFailed: () => boolean;
  /** null while there is no model. */
  preparer: () => Preparer | null;
  ticks: () => number;
}

interface MeaningHit {
  note: string;
  passage: StoredPassage;
  score: number;
}

/** Keyword and meaning together, a result a note with its best passage. */
export class Search {
  readonly #deps: SearchDeps;
  #askedAt = Number.NEGATIVE_INFINITY;
  constructor(deps: SearchDeps) {
    this.#deps = deps;
  }

  /** Whether a query came in the last seconds. */
  get beingAsked(): boolean {
    return this.#deps.ticks() - this.#askedAt < ASKED_FOR_MS;
  }

  async search(raw: string, limit: number, cancelled: () => boolean): Promise<SearchResponse> {
    const { resident, ticks } = this.#deps;
    const began = ticks();
    this.#askedAt = began;
    const query = raw.slice(0, LONGEST_QUERY).replace(/\s+/g, ' ').trim();
    const words = resident.keyword.search(query, DEPTH, !/\s$/.test(raw));
    const meaning = query ? await this.#byMeaning(query, cancelled) : [];
    const hits = cancelled() ? [] : await this.#present(query, words, meaning ?? [], limit);
    return {
      query: raw,
      hits,
      meaning: meaning ? 'used' : this.#deps.modelFailed() ? 'none' : 'loading',
      loaded: resident.loaded,
      total: resident.total,
      tookMs: ticks() - began,
    };
  }

  async related(note: string, limit: number): Promise<SearchHit[]> {
    const { resident } = this.#deps;
    const mean = resident.vectors.meanOf(note);
    if (!mean) return [];
    const near = resident.vectors
      .search(mean, limit, note)
      .filter(({ score }) => score >= MEANING_FLOOR);
    return this.#present('', [], near, limit);
  }

  /** null while there is no model. */
  async #byMeaning(query: string, cancelled: () => boolean): Promise<MeaningHit[] | null> {
    const { resident, gate, embedder } = this.#deps;
    const model = embedder();
    if (!model) return null;
    const ids = model.tokenize(query).slice(0, model.spec.window);
    if (ids.length === 0) return [];
    const vector = await gate.run('query', async () => (cancelled() ? null : model.embed([ids])));
    if (!vector) return [];
    return resident.vectors
      .search(vector, DEPTH)
      .filter(({ note, score }) => score >= MEANING_FLOOR && resident.keyword.has(note));
  }

  async #present(
    query: string,
    words: KeywordHit[],
    meaning: MeaningHit[],
    limit: number,
  ): Promise<SearchHit[]> {
    const fused = keepLiteralHits(
      reciprocalRankFusion([
        words.map(({ note, coverage }) => ({ id: note, weight: coverage })),
        meaning.map(({ note }) => ({ id: note, weight: 1 })),
      ]),
      new Map(words.map(({ note, coverage }) => [note, coverage])),
    ).slice(0, limit);
    const byWords = new Map(words.map((hit) => [hit.note, hit]));
    const byMeaning = new Map(meaning.map((hit) => [hit.note, hit]));
    const stored = await this.#deps.store.notes(fused.map(({ id }) => id));
    const terms = contentTerms(query);
    const hits: SearchHit[] = [];
    for (const [i, { id, score }] of fused.entries()) {
      const note = stored[i];
      // Deleted between ranking and now: no longer a result.
      if (!note) continue;
      const word = byWords.get(id);
      const why: Why[] = [];
      if (word?.inTitle) why.push('title');
      if (word) why.push('words');
      if (byMeaning.has(id)) why.push('meaning');
      hits.push({
        note: id,
        title: note.meta.title,
        path: note.meta.path,
        score,
        why,
        passage: await this.#passage(note, new Set(word?.terms ?? terms), byMeaning.get(id)),
      });
    }
    return hits;
  }

  /** The passage with most of the words; among equals the one nearest in meaning. */
  async #passage(
    note: { meta: { id: string; title: string; revision: number }; text: string },
    wanted: ReadonlySet<string>,
    meaning: MeaningHit | undefined,
  ): Promise<PassageHit | null> {
    if (note.text.trim() === '') return null;
    const passages = await this.#passagesNow(note);
    const near = passages.find(({ hash }) => hash === meaning?.passage.hash);
    let best: { passage: StoredPassage; found: number } | undefined;
    for (const passage of passages) {
      const found = countTerms(note.text.slice(passage.start, passage.end), wanted);
      const better = !best || found > best.found || (found === best.found && passage === near);
      if (better) best = { passage, found };
    }
    // One common word says less than the passage that means the same.
    const chosen = near && best && best.found <= 1 ? near : best?.passage;
    return chosen ? excerpt(note.text, chosen, wanted) : bestWindow(note.text, wanted);
  }

  /** A note edited since it was indexed is split anew: its ranges must fit the text as it is. */
  async #passagesNow(note: {
    meta: { id: string; title: string; revision: number };
    text: string;
  }): Promise<StoredPassage[]> {
    const known = this.#deps.resident.passagesOf(note.meta.id);
    if (known?.revision === note.meta.revision) return known.passages;
    const preparer = this.#deps.preparer();
    if (!known || !preparer || note.text.length > LONGEST_RESPLIT) return [];
    return preparer.prepare(note.meta.title, note.text);
  }
}
