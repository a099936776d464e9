import { parse } from '../../markdown/document.ts';
import type { PassageHit, SearchHit, Why } from '../../protocol.ts';
import type { StoredPassage } from '../../storage/schema.ts';
import { marksIn } from '../../words/marks.ts';
import type { Preparer } from '../indexer/prepare.ts';
import { asideHit } from './aside-hit.ts';
import { bestPassage } from './best-passage.ts';
import type { KeywordHit, WordMatch } from './keyword-match.ts';
import { calledBy } from './names.ts';
import type { Ranked } from './rank.ts';
import { LONGEST_READ, type ReadDocuments } from './read-documents.ts';
import type { NoteReader } from './read-notes.ts';
import type { Resident } from './resident.ts';
import { type Range, tellingSentence } from './sentences.ts';
import { bestWindow, excerpt, excerptAround, termsFound } from './snippet.ts';

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

/** Why a note is a result. */
type Found = Pick<Ranked, 'alike' | 'meaning'> & { word: KeywordHit | undefined };

const seen = (passage: PassageHit | null) => ({
  passage,
  byWords: passage !== null && (passage.marks.length > 0 || passage.place === 'heading'),
});

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
      const wanted = new Set(word?.terms);
      const { title, path } = note.meta;
      const titleMarks = marksIn(title, wanted);
      const { passage, byWords } = await this.#passage(note, { word, alike, meaning }, how);
      const called = calledBy(note.meta, wanted, how.titles ?? [], byWords);
      const why: Why[] = [];
      if (titleMarks.length > 0) why.push('title');
      // Never without a word to be seen.
      if (word && (byWords || called || titleMarks.length === 0)) why.push('words');
      if (alike || (words && !word)) why.push('meaning');
      const terms = word?.terms ?? [];
      hits.push({ note: id, title, titleMarks, terms, called, path, score, why, passage });
    }
    return hits;
  }

  /**
   * The passage whose words say most; among equals the one nearest in meaning.
   *
   * @returns it, and whether words of the query are marked in it or above it
   */
  async #passage(
    note: { meta: { id: string; title: string; revision: number }; text: string },
    { word, alike, meaning }: Found,
    { about = new Map(), nearest: nearestIn, inComments = false }: Showing,
  ): Promise<{ passage: PassageHit | null; byWords: boolean }> {
    const { documents } = this.#deps;
    if (note.text.trim() === '') return { passage: null, byWords: false };
    const wanted = new Set(word?.terms);
    if (inComments) return seen(asideHit(documents.of(note.text), wanted, true));
    const passages = await this.#passagesNow(note);
    const near = passages.find(({ hash }) => hash === meaning?.passage.hash);
    const plain = documents.plain(note.text);
    // Of a very long note the passages as they are written: only the one that is shown is read.
    const textOf = ({ start, end }: StoredPassage): string =>
      plain
        ? plain.text.slice(plain.toPlain(start), plain.toPlain(end))
        : note.text.slice(start, end);
    const best = bestPassage(passages, textOf, word?.words ?? [], near);
    const chosen = best?.passage;
    const { start, end } = chosen ?? { start: 0, end: note.text.length };
    const read = plain && !chosen ? plain : documents.stretch(note.text, start, end);
    const text = read.text.trim();
    const said = chosen ? excerpt(text, chosen, wanted) : bestWindow(read, wanted);
    const inHeadings = chosen?.headings.map((heading) => marksIn(heading, wanted)) ?? [];
    const isAbove = inHeadings.some((marks) => marks.length > 0);
    const shown = isAbove ? { ...said, headingMarks: inHeadings } : said;
    if (said.marks.length > 0) return seen(shown);
    if (isAbove) return seen({ ...shown, place: 'heading' });
    const isRead = termsFound((plain ?? read).text, wanted).size > 0;
    const aside = word && !word.inTitle && !isRead && this.#aside(note.text, start, wanted);
    if (aside) return seen(aside);
    // No word to mark: the sentence that tells why it is here, if it is its meaning.
    const sentence = chosen && alike && ((await nearestIn?.(text)) ?? tellingSentence(text, about));
    const passage = sentence ? excerptAround(text, chosen, sentence) : said;
    return { passage, byWords: false };
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
