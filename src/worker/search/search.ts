import type { NoteName, PassageHit, SearchHit, SearchResponse, Why } from '../../protocol.ts';
import { isEmpty, parseQuery, type Query } from '../../query.ts';
import type { IndexStore } from '../../storage/index/index-store.ts';
import { keysOfNote, linkKeys } from '../../storage/notes/links.ts';
import type { StoredPassage } from '../../storage/schema.ts';
import { letMessagesIn } from '../clock.ts';
import type { Embedder } from '../embedder.ts';
import type { Gate } from '../gate.ts';
import type { Preparer } from '../indexer/prepare.ts';
import { type Calibration, calibrate, closeness, isCurrent } from './calibration.ts';
import { calibrationKey, calibrationRows } from './calibration-rows.ts';
import { nearlySame } from './duplicates.ts';
import { hasPhrase, passes } from './filters.ts';
import type { KeywordHit, WordMatch } from './keyword.ts';
import { knownCalibration } from './known-calibrations.ts';
import { Meaning } from './meaning.ts';
import type { MeaningHit } from './meaning-match.ts';
import { type Ranked, type Ranking, rank } from './rank.ts';
import { NoteReader } from './read-notes.ts';
import type { Resident } from './resident.ts';
import { bestWindow, countTerms, excerpt, excerptAround, mostTerms } from './snippet.ts';
import { tellingSentence } from './telling-sentence.ts';
import { tokenizeToTerms } from './terms.ts';

/** After a query, another one is likely for so long, ms. */
const ASKED_FOR_MS = 3_000;
/** Queries are cut here, UTF-16 units: a pasted page is searched by its beginning. */
const LONGEST_QUERY = 2_000;
/** A longer note in the middle of an edit shows the stretch with its words instead. */
const LONGEST_RESPLIT = 100_000;
/** Passages of a note that others are held against, evenly taken, and how many of them count. */
const RELATED_PASSAGES = 8;
const RELATED_COUNTED = 5;
/** Results ranked at least: the first few are shown at once, then it is asked again for the rest. */
const RANKED = 30;
/** Notes read at once to look for a phrase. */
const READ_AT_ONCE = 64;

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

/** Keyword and meaning together, a result a note with its best passage. */
export class Search {
  readonly #deps: SearchDeps;
  readonly #meaning: Meaning;
  readonly #notes: NoteReader;
  #calibration: Promise<Calibration> | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;
  /** The last answer's ranking, and what it was made of. */
  #ranked: { of: readonly unknown[]; limit: number; ranking: Ranking } | null = null;

  constructor(deps: SearchDeps) {
    this.#deps = deps;
    this.#meaning = new Meaning(deps.resident.vectors);
    this.#notes = new NoteReader(deps.store, deps.resident.facts);
  }

  /** Whether a query came in the last seconds. */
  get beingAsked(): boolean {
    return this.#deps.ticks() - this.#askedAt < ASKED_FOR_MS;
  }

  async search(
    raw: string,
    { limit, weak = false }: { limit: number; weak?: boolean },
    cancelled: () => boolean,
  ): Promise<SearchResponse> {
    const { resident, ticks, embedder } = this.#deps;
    const began = ticks();
    this.#askedAt = began;
    const query = parseQuery(raw.slice(0, LONGEST_QUERY));
    const text = query.text.replace(/\s+/g, ' ');
    const model = embedder();
    let hits: SearchHit[] = [];
    let weaker = 0;
    if (text === '') {
      const allowed = isEmpty(query) ? () => false : await this.#allowed(query);
      hits = await this.#present(this.#newestFirst(allowed).slice(0, limit), null);
    } else {
      const found = await this.#rank(raw, query, { text, model, limit, weak }, cancelled);
      weaker = found?.weaker ?? 0;
      if (found) hits = await this.#present(found.ranked.slice(0, limit), found.words, found.about);
    }
    return {
      query: raw,
      hits,
      weaker,
      hint: query.hint,
      meaning: model ? 'used' : this.#deps.modelFailed() ? 'none' : 'loading',
      loaded: resident.loaded,
      total: resident.total,
      tookMs: ticks() - began,
    };
  }

  /** @returns at least `limit` results, where there are so many; null once nobody waits for them */
  async #rank(
    raw: string,
    query: Query,
    asked: { text: string; model: Embedder | null; limit: number; weak: boolean },
    cancelled: () => boolean,
  ): Promise<Ranking | null> {
    const { keyword, vectors } = this.#deps.resident;
    const { text, model, weak } = asked;
    const of = [raw, weak, model, keyword.changes, vectors.changes, vectors.row];
    const last = this.#ranked;
    if (last && last.limit >= asked.limit && of.every((part, i) => part === last.of[i])) {
      return last.ranking;
    }
    const calibration = model ? await this.#calibrated(model) : null;
    const vector = model ? await this.#embed(model, text, cancelled) : null;
    const allowed = await this.#allowed(query);
    if (cancelled()) return null;
    const limit = Math.max(RANKED, asked.limit);
    const ranking = await rank(
      { keyword, meaning: this.#meaning, passages: (of) => this.#texts(of) },
      {
        text,
        typing: !/[\s"”]$/.test(raw),
        vector,
        calibration,
        allowed,
        narrowed: query.pieces.length > 0,
        limit,
        // What has the very phrase is an answer.
        strongOnly: !weak && query.phrases.length === 0,
      },
    );
    this.#ranked = { of, limit, ranking };
    return ranking;
  }

  /**
   * What is near to a note as a whole, or to some of its passages: of those its best few decide, so
   * that a note that shares several subjects with it comes before one that shares a single one.
   * @param unlinked without the notes that it links to already
   */
  async related(note: string, limit: number, unlinked = false): Promise<SearchHit[]> {
    const { resident, embedder } = this.#deps;
    const sides = resident.vectors.sidesOf(note, RELATED_PASSAGES);
    const model = embedder();
    if (sides.length === 0 || !model) return [];
    const calibration = await this.#calibrated(model);
    const floor = this.#meaning.floor(calibration);
    const linked = unlinked ? await this.#linkedFrom(note) : new Set<string>();
    const found = new Map<string, { scores: number[]; best: MeaningHit }>();
    for (const side of sides) {
      const match = this.#meaning.match(side, calibration, { skip: note });
      for (let r = 0; r < match.notes.length; r++) {
        if (match.best[r]! < 0 || closeness(match.cosines[r]!, calibration) < floor) continue;
        const { id } = match.notes[r]!;
        if (!resident.keyword.has(id) || linked.has(id)) continue;
        const hit = match.hitAt(r)!;
        const entry = found.get(id) ?? { scores: [], best: hit };
        entry.scores.push(hit.score);
        if (hit.score > entry.best.score) entry.best = hit;
        found.set(id, entry);
      }
      await letMessagesIn();
    }
    const counted = Math.min(RELATED_COUNTED, sides.length);
    const near = [...found]
      .map(([id, { scores, best }]): Ranked => {
        const most = scores.sort((a, b) => b - a).slice(0, counted);
        const score = most.reduce((sum, one) => sum + one, 0) / counted;
        return { id, score, strong: true, alike: true, meaning: best };
      })
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    return this.#present(near.slice(0, limit), null);
  }

  /** Groups of notes in nearly the same words, largest first, at most `limit`. */
  async duplicates(limit: number): Promise<NoteName[][]> {
    const { keyword, facts } = this.#deps.resident;
    const groups = await nearlySame(keyword.allTerms(), letMessagesIn);
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
    const keys = new Set(linkKeys(stored?.text ?? ''));
    const linked = new Set<string>();
    for (const meta of facts.values()) {
      if (keysOfNote(meta).some((key) => keys.has(key))) linked.add(meta.id);
    }
    return linked;
  }

  /** What filters, phrases and excluded words leave. */
  async #allowed({ filters, phrases, excluded }: Query): Promise<(note: string) => boolean> {
    const { facts } = this.#deps.resident;
    const having: Set<string>[] = [];
    for (const phrase of phrases) having.push(await this.#withPhrase(phrase));
    const without = new Set<string>();
    for (const phrase of excluded) {
      for (const note of await this.#withPhrase(phrase)) without.add(note);
    }
    return (note) => {
      const known = facts.get(note);
      if (!known || without.has(note) || having.some((notes) => !notes.has(note))) return false;
      return passes(known, filters);
    };
  }

  async #withPhrase(phrase: string): Promise<Set<string>> {
    const { resident, store } = this.#deps;
    const candidates = [...resident.keyword.having(phrase)];
    // One word is where it is; several may stand apart.
    if (tokenizeToTerms(phrase).length <= 1) return new Set(candidates);
    const found = new Set<string>();
    for (let at = 0; at < candidates.length; at += READ_AT_ONCE) {
      const some = candidates.slice(at, at + READ_AT_ONCE);
      const notes = await store.notes(some);
      some.forEach((id, i) => {
        const note = notes[i];
        if (note && (hasPhrase(note.meta.title, phrase) || hasPhrase(note.text, phrase))) {
          found.add(id);
        }
      });
    }
    return found;
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
    const { store, gate } = this.#deps;
    const key = calibrationKey(model.spec);
    const stored = await store.get(key);
    if (isCurrent(stored, model.spec.dimensions)) return stored;
    const known = knownCalibration(model.spec);
    if (isCurrent(known, model.spec.dimensions)) return known;
    const calibration = calibrate(await calibrationRows(model, (work) => gate.run('query', work)));
    // Without it, the next worker only makes it anew.
    await store.set(key, calibration).catch(() => {});
    return calibration;
  }

  async #embed(
    model: Embedder,
    text: string,
    cancelled: () => boolean,
  ): Promise<Float32Array | null> {
    const ids = model.encode(text, 'query');
    if (ids.length === 0) return null;
    return this.#deps.gate.run('query', async () => (cancelled() ? null : model.embed([ids])));
  }

  async #texts(of: { note: string; start: number; end: number }[]): Promise<string[]> {
    const notes = await this.#notes.read(of.map(({ note }) => note));
    return of.map(({ start, end }, i) => {
      const note = notes[i];
      return note ? `${note.meta.title}\n${note.text.slice(start, end)}` : '';
    });
  }

  async #present(
    ranked: Ranked[],
    words: WordMatch | null,
    about: ReadonlyMap<string, number> = new Map(),
  ): Promise<SearchHit[]> {
    const stored = await this.#notes.read(ranked.map(({ id }) => id));
    const hits: SearchHit[] = [];
    for (const [i, { id, score, meaning, alike }] of ranked.entries()) {
      const note = stored[i];
      // Deleted between ranking and now: no longer a result.
      if (!note) continue;
      const word = words?.hit(id);
      const why: Why[] = [];
      if (word?.inTitle) why.push('title');
      if (word) why.push('words');
      if (alike || (words && !word)) why.push('meaning');
      hits.push({
        note: id,
        title: note.meta.title,
        path: note.meta.path,
        score,
        why,
        passage: await this.#passage(note, word, meaning?.passage, about),
      });
    }
    return hits;
  }

  /** The passage with most of the words; among equals the one nearest in meaning. */
  async #passage(
    note: { meta: { id: string; title: string; revision: number }; text: string },
    word: KeywordHit | undefined,
    nearest: StoredPassage | undefined,
    about: ReadonlyMap<string, number>,
  ): Promise<PassageHit | null> {
    if (note.text.trim() === '') return null;
    const wanted = new Set(word?.terms);
    const passages = await this.#passagesNow(note);
    const near = passages.find(({ hash }) => hash === nearest?.hash);
    let best: { passage: StoredPassage; found: number } | undefined;
    for (const passage of passages) {
      const text = note.text.slice(passage.start, passage.end);
      const most = mostTerms(text, wanted);
      if (best && (most < best.found || (most === best.found && passage !== near))) continue;
      const found = countTerms(text, wanted);
      const better = !best || found > best.found || (found === best.found && passage === near);
      if (better) best = { passage, found };
    }
    // One common word says less than the passage that means the same.
    const chosen = near && best && best.found <= 1 ? near : best?.passage;
    if (!chosen) return bestWindow(note.text, wanted);
    const said = excerpt(note.text, chosen, wanted);
    if (said.marks.length > 0) return said;
    // Nothing to mark by its words: the sentence that tells why it is here.
    const sentence = tellingSentence(note.text.slice(chosen.start, chosen.end), about);
    return sentence ? excerptAround(note.text, chosen, sentence) : said;
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
