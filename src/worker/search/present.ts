import { parse } from '../../markdown/document.ts';
import { type PlainText, plainText } from '../../markdown/plain-text.ts';
import type { PassageHit, SearchHit, Why } from '../../protocol.ts';
import type { StoredPassage } from '../../storage/schema.ts';
import type { Preparer } from '../indexer/prepare.ts';
import type { KeywordHit, WordMatch } from './keyword-match.ts';
import { calledBy, termsIn } from './names.ts';
import type { Ranked } from './rank.ts';
import { ReadDocuments } from './read-documents.ts';
import type { NoteReader } from './read-notes.ts';
import type { Resident } from './resident.ts';
import { type Range, tellingSentence } from './sentences.ts';
import { bestWindow, countTerms, excerpt, excerptAround, mostTerms } from './snippet.ts';

/**
 * UTF-16 units up to which a note that was edited since is split again, to show its passage; a
 * longer one shows the range with the words.
 */
const LONGEST_RESPLIT = 100_000;
/** A longer note is not read whole for one passage, UTF-16 units. */
const LONGEST_READ = 200_000;

export interface PresenterDeps {
  resident: Resident;
  reader: NoteReader;
  /** null while there is no model. */
  preparer: () => Preparer | null;
}

/** The sentence of a passage that is nearest to a query; null where it is not looked for. */
export type NearestIn = (passage: string) => Promise<Range | null>;

/** What of a query, beside its words, tells what to show. */
interface Shown {
  /** What `title:` asks for. */
  titles?: readonly string[];
  about?: ReadonlyMap<string, number>;
  /** Finds the sentence to mark in a passage. */
  nearest?: NearestIn | undefined;
}

/** Makes of ranked notes what is shown: each with the passage, and what in it to mark. */
export class Presenter {
  readonly #deps: PresenterDeps;
  readonly #documents = new ReadDocuments();

  constructor(deps: PresenterDeps) {
    this.#deps = deps;
  }

  /** Ranked notes as a person sees them. */
  async present(
    ranked: Ranked[],
    words: WordMatch | null,
    { titles = [], about = new Map(), nearest }: Shown = {},
  ): Promise<SearchHit[]> {
    const stored = await this.#deps.reader.read(ranked.map(({ id }) => id));
    const hits: SearchHit[] = [];
    for (const [i, { id, score, meaning, alike }] of ranked.entries()) {
      const note = stored[i];
      // Deleted between ranking and now: no longer a result.
      if (!note) continue;
      const word = words?.hit(id);
      const why: Why[] = [];
      const wanted = new Set(word?.terms);
      if ([...termsIn(note.meta.title)].some((term) => wanted.has(term))) why.push('title');
      if (word) why.push('words');
      if (alike || (words && !word)) why.push('meaning');
      const passage = await this.#passage(note, word, meaning?.passage, { about, nearest });
      const inText = word !== undefined && (passage?.marks.length ?? 0) > 0;
      hits.push({
        note: id,
        title: note.meta.title,
        called: calledBy(note.meta, wanted, titles, inText),
        path: note.meta.path,
        score,
        why,
        passage,
      });
    }
    return hits;
  }

  /** The passage with most of the words; among equals the one nearest in meaning. */
  async #passage(
    note: { meta: { id: string; title: string; revision: number }; text: string },
    word: KeywordHit | undefined,
    nearest: StoredPassage | undefined,
    {
      about,
      nearest: nearestIn,
    }: { about: ReadonlyMap<string, number>; nearest: NearestIn | undefined },
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
    if (!chosen) return bestWindow(this.#plain(note.text, 0, note.text.length), wanted);
    const text = this.#plain(note.text, chosen.start, chosen.end).text.trim();
    const said = excerpt(text, chosen, wanted);
    if (said.marks.length > 0) return said;
    // Nothing to mark by its words: the sentence that tells why it is here.
    const sentence = (await nearestIn?.(text)) ?? tellingSentence(text, about);
    return sentence ? excerptAround(text, chosen, sentence) : said;
  }

  /** A stretch of a note as it is read. */
  #plain(text: string, start: number, end: number): PlainText {
    if (text.length <= LONGEST_READ) return plainText(this.#documents.of(text), start, end);
    // Of a very long note the stretch alone: a passage begins and ends with a block, mostly.
    const from = Math.max(0, start);
    const part = plainText(parse(text.slice(from, Math.min(end, from + LONGEST_READ))));
    return { ...part, toSource: (place) => from + part.toSource(place) };
  }

  /** A note edited since it was indexed is split again: its ranges must fit the text as it is. */
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
