import { parse } from '../../markdown/document.ts';
import type { PassageHit, SearchHit, Why } from '../../protocol.ts';
import type { StoredPassage } from '../../storage/schema.ts';
import type { Preparer } from '../indexer/prepare.ts';
import { asideHit } from './aside-hit.ts';
import type { KeywordHit, WordMatch } from './keyword-match.ts';
import { calledBy, termsIn } from './names.ts';
import type { Ranked } from './rank.ts';
import { LONGEST_READ, type ReadDocuments } from './read-documents.ts';
import type { NoteReader } from './read-notes.ts';
import type { Resident } from './resident.ts';
import { type Range, tellingSentence } from './sentences.ts';
import { bestWindow, countTerms, excerpt, excerptAround, mostTerms } from './snippet.ts';

/**
 * UTF-16 units up to which a note that was edited since is split again, to show its passage; a
 * longer one shows the range with the words.
 */
const LONGEST_RESPLIT = 100_000;

export interface PresenterDeps {
  resident: Resident;
  reader: NoteReader;
  documents: ReadDocuments;
  /** null while there is no model. */
  preparer: () => Preparer | null;
}

/** The sentence of a passage that is nearest to a query; null where it is not looked for. */
export type NearestIn = (passage: string) => Promise<Range | null>;

/** How results are shown. */
export interface Showing {
  /** What `title:` asks for. */
  titles?: readonly string[];
  /** Words that the first results have in common, with weights. */
  about?: ReadonlyMap<string, number>;
  /** Finds the sentence to mark in a passage. */
  nearest?: NearestIn | undefined;
  /** It is comments that were searched. */
  inComments?: boolean;
}

/** Makes of ranked notes what is shown: each with the passage, and what in it to mark. */
export class Presenter {
  readonly #deps: PresenterDeps;

  constructor(deps: PresenterDeps) {
    this.#deps = deps;
  }

  /** Ranked notes as a person sees them. */
  async present(
    ranked: Ranked[],
    words: WordMatch | null,
    how: Showing = {},
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
      const passage = await this.#passage(note, word, meaning?.passage, how);
      const inText = word !== undefined && (passage?.marks.length ?? 0) > 0;
      hits.push({
        note: id,
        title: note.meta.title,
        called: calledBy(note.meta, wanted, how.titles ?? [], inText),
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
    { about = new Map(), nearest: nearestIn, inComments = false }: Showing,
  ): Promise<PassageHit | null> {
    const { documents } = this.#deps;
    if (note.text.trim() === '') return null;
    const wanted = new Set(word?.terms);
    if (inComments) return asideHit(documents.of(note.text), wanted, true);
    const passages = await this.#passagesNow(note);
    const near = passages.find(({ hash }) => hash === nearest?.hash);
    const plain = documents.plain(note.text);
    let best: { passage: StoredPassage; found: number } | undefined;
    for (const passage of passages) {
      // Of a very long note the passages as they are written: only the one that is shown is read.
      const text = plain
        ? plain.text.slice(plain.toPlain(passage.start), plain.toPlain(passage.end))
        : note.text.slice(passage.start, passage.end);
      const most = mostTerms(text, wanted);
      if (best && (most < best.found || (most === best.found && passage !== near))) continue;
      const found = countTerms(text, wanted);
      const better = !best || found > best.found || (found === best.found && passage === near);
      if (better) best = { passage, found };
    }
    // One common word says less than the passage that means the same.
    const chosen = near && best && best.found <= 1 ? near : best?.passage;
    const { start, end } = chosen ?? { start: 0, end: note.text.length };
    const read = plain && !chosen ? plain : documents.stretch(note.text, start, end);
    const text = read.text.trim();
    const said = chosen ? excerpt(text, chosen, wanted) : bestWindow(read, wanted);
    if (said.marks.length > 0) return said;
    const isRead = (plain && best?.found) || countTerms((plain ?? read).text, wanted) > 0;
    const aside = word && !word.inTitle && !isRead && this.#aside(note.text, start, wanted);
    if (aside) return aside;
    // Nothing to mark by its words: the sentence that tells why it is here.
    const sentence = chosen && ((await nearestIn?.(text)) ?? tellingSentence(text, about));
    return sentence ? excerptAround(text, chosen, sentence) : said;
  }

  /** Words that nobody reads; of a very long note, those behind a place. */
  #aside(text: string, start: number, wanted: ReadonlySet<string>): PassageHit | null {
    const { documents } = this.#deps;
    if (documents.plain(text)) return asideHit(documents.of(text), wanted, false);
    const hit = asideHit(parse(text.slice(start, start + LONGEST_READ)), wanted, false);
    return hit && { ...hit, start: start + hit.start, end: start + hit.end };
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
