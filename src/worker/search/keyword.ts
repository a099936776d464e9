import {
  fold,
  gramsOf,
  isFiller,
  termsOf,
  tokenizeToTerms,
  toTerm,
  twinsOf,
} from '../../words/terms.ts';
import { Bm25 } from './bm25.ts';
import type { ColumnOf, NoteRow, NoteSlot } from './branded-numbers.ts';
import type { NoteTerms } from './duplicates.ts';
import { matchWords, type WordMatch } from './keyword-match.ts';
import {
  type KeywordSnapshot,
  type NoteMark,
  readSnapshot,
  takeSnapshot,
} from './keyword-snapshot.ts';
import { Postings } from './postings.ts';
import { foldedNames, Titles } from './titles.ts';
import { Vocabulary } from './vocabulary.ts';

/** A note as the index takes it. */
export interface IndexedNote {
  id: string;
  title: string;
  /** Others, searched like the title. */
  names?: readonly string[];
  /** Titles that it had, searched like the text. */
  former?: readonly string[];
  text: string;
}

/** Keyword search over whole notes: BM25+, prefix on the word being typed, typos weaker. */
export class KeywordIndex {
  readonly #postings = new Postings();
  readonly #vocabulary = new Vocabulary();
  /** Rises with every change. */
  changes = 0;
  readonly #titles = new Titles();
  readonly #bm25 = new Bm25(this.#postings, () => this.changes);
  /** Kept until something changes. */
  #places: { row: readonly unknown[]; at: number; bySlot: ColumnOf<NoteRow> } = {
    row: [],
    at: -1,
    bySlot: new Int32Array(0) as ColumnOf<NoteRow>,
  };

  /** Notes in the index. */
  get size(): number {
    return this.#postings.size;
  }

  /** Of all notes in it, in no promised order. */
  ids(): IterableIterator<string> {
    return this.#postings.ids();
  }

  /** Whether the note's words are in it. */
  has(id: string): boolean {
    return this.#postings.slotOf(id) !== undefined;
  }

  /** Puts a note's words in, in place of its former ones. */
  set({ id, title, names = [], former = [], text }: IndexedNote): void {
    this.changes++;
    const counts = new Map<string, { title: number; text: number }>();
    const read = (source: string, field: 'title' | 'text'): number => {
      let words = 0;
      const count = (term: string): void => {
        const known = counts.get(term);
        if (known) known[field]++;
        else counts.set(term, { title: 0, text: 0, [field]: 1 });
      };
      for (const { term, word, beside } of termsOf(source)) {
        count(term);
        this.#vocabulary.add(word, term);
        if (!beside) words++;
      }
      for (const { term } of gramsOf(source)) if (!counts.get(term)?.[field]) count(term);
      return words;
    };
    this.#titles.set(id, foldedNames([title, ...names]));
    const titleLength = read(title, 'title');
    const textLength = read(text, 'text');
    // Each is a title by itself: what it adds is its words, not its length.
    const add = (name: string, field: 'title' | 'text'): void => {
      const once = (term: string): void => {
        const known = counts.get(term);
        if (!known) counts.set(term, { title: 0, text: 0, [field]: 1 });
        else if (known[field] === 0) known[field] = 1;
      };
      for (const { term, word } of termsOf(name)) {
        once(term);
        this.#vocabulary.add(word, term);
      }
      for (const { term } of gramsOf(name)) once(term);
    };
    for (const name of names) add(name, 'title');
    for (const name of former) add(name, 'text');
    this.#postings.set(id, counts, { titleLength, textLength });
  }

  /** Takes a note out; words that only it had stay in the vocabulary until `prune`. */
  remove(id: string): void {
    this.changes++;
    this.#titles.set(id, '');
    this.#postings.remove(id);
  }

  /**
   * Everything, to be stored.
   * @param pause called now and then, to yield
   * @returns null when something changed meanwhile
   */
  async snapshot(
    markOf: (id: string) => NoteMark,
    pause: () => Promise<void>,
  ): Promise<KeywordSnapshot | null> {
    const before = this.changes;
    return takeSnapshot({
      postings: this.#postings,
      vocabulary: this.#vocabulary,
      titleOf: (id) => this.#titles.of(id),
      markOf,
      pause: async () => {
        await pause();
        return this.changes === before;
      },
    });
  }

  /**
   * Drops the words that no note has any more, which `remove` leaves: other notes may have them.
   * @param readAll hands every note's names and text to `meet`; false: it was cut short
   * @returns whether it was done
   */
  async prune(readAll: (meet: (text: string) => void) => Promise<boolean>): Promise<boolean> {
    this.#vocabulary.beginPrune();
    let done = false;
    try {
      done = await readAll((text) => {
        for (const { word } of termsOf(text)) this.#vocabulary.meet(word);
      });
    } finally {
      this.#vocabulary.endPrune(done);
    }
    return done;
  }

  /**
   * Fills an empty index from a snapshot.
   * @returns each note's revision and names at that time
   * @throws when it is damaged; nothing is taken from it then
   */
  restore(snapshot: KeywordSnapshot): Map<string, NoteMark> {
    this.changes++;
    const { titles, marks } = readSnapshot(snapshot, this.#postings, this.#vocabulary);
    for (const [id, title] of titles) this.#titles.set(id, title);
    return marks;
  }

  /** Notes that have all words of a text, as they are: neither beginnings nor typos count. */
  having(text: string): Set<string> {
    const terms = [...new Set(tokenizeToTerms(text))];
    const slots = new Map<NoteSlot, number>();
    for (const term of terms) {
      const having: ArrayLike<NoteSlot> = this.#postings.of(term)?.slots ?? [];
      for (let i = 0; i < having.length; i++) {
        slots.set(having[i]!, (slots.get(having[i]!) ?? 0) + 1);
      }
    }
    const ids = [...slots].filter(([, found]) => found === terms.length);
    return new Set(ids.map(([slot]) => this.#postings.idAt(slot)!));
  }

  /** Notes with a name that is just this, but for case, accents and punctuation. */
  titled(query: string): ReadonlySet<string> {
    return this.#titles.having(query);
  }

  /** Each note's terms, oldest slot first. */
  allTerms(): NoteTerms[] {
    const all: NoteTerms[] = [];
    for (let slot = 0 as NoteSlot; slot < this.#postings.slotCount; slot++) {
      const note = this.#postings.termsAt(slot);
      if (note) all.push(note);
    }
    return all;
  }

  /**
   * How often each term stands in the notes of each group; filler words are left out.
   * @param groupOf the group of a note, below `groups`; undefined where it has none
   */
  *termsByGroup(
    groups: number,
    groupOf: (note: string) => number | undefined,
  ): Generator<{ term: string; notes: Uint32Array; titles: Uint32Array }> {
    const bySlot = Array.from({ length: this.#postings.slotCount }, (_, slot) => {
      const id = this.#postings.idAt(slot as NoteSlot);
      return id === undefined ? undefined : groupOf(id);
    });
    for (const { term, slots, inTitle } of this.#postings.terms()) {
      if (isFiller(term)) continue;
      const notes = new Uint32Array(groups);
      const titles = new Uint32Array(groups);
      for (let i = 0; i < slots.length; i++) {
        const group = bySlot[slots[i]!];
        if (group === undefined) continue;
        notes[group]!++;
        if (inTitle(i)) titles[group]!++;
      }
      yield { term, notes, titles };
    }
  }

  /** For each term, a word that it stands for. */
  wordsOf(terms: ReadonlySet<string>): Map<string, string> {
    const found = new Map<string, string>();
    for (const [word, term] of this.#vocabulary.words()) {
      if (terms.has(term) && !found.has(term)) found.set(term, word);
    }
    return found;
  }

  /** Whether a note has a term, among its words or within one. */
  knows(term: string): boolean {
    return twinsOf(term).some((twin) => this.#postings.frequency(twin) > 0);
  }

  /** The words of the notes that are one edit away from a word. */
  oneEditFrom(word: string): string[] {
    const folded = fold(word);
    return this.#vocabulary.oneEditFrom(folded).filter((other) => this.knows(toTerm(other)));
  }

  /** In how many notes a term stands. */
  frequency(term: string): number {
    return this.#postings.frequency(term);
  }

  /** Of a term, as BM25 weighs it (`bm25.ts`). */
  idf(term: string): number {
    return this.#bm25.idf(term);
  }

  /** All notes with any of the query's words. @param typing the last one may be unfinished */
  match(query: string, typing: boolean): WordMatch {
    const searched = {
      postings: this.#postings,
      vocabulary: this.#vocabulary,
      bm25: this.#bm25,
    };
    return matchWords(searched, query, typing);
  }

  /** The slot that a note has now; another may have it once the note is gone. */
  slotOf(id: string): NoteSlot | undefined {
    return this.#postings.slotOf(id);
  }

  /** The note at a slot; undefined for a free one. */
  idAt(slot: NoteSlot): string | undefined {
    return this.#postings.idAt(slot);
  }

  /**
   * By slot: the note's place in a row of notes, −1 where it has none. Kept until either changes.
   */
  placesIn(row: readonly { id: string }[]): ColumnOf<NoteRow> {
    const known = this.#places;
    if (known.row === row && known.at === this.changes) return known.bySlot;
    const bySlot = new Int32Array(this.#postings.slotCount).fill(-1) as ColumnOf<NoteRow>;
    for (let r = 0 as NoteRow; r < row.length; r++) {
      const slot = this.slotOf(row[r]!.id);
      if (slot !== undefined) bySlot[slot] = r;
    }
    this.#places = { row, at: this.changes, bySlot };
    return bySlot;
  }

  /** Scores by slot for weighted terms, added to those of `match`: for expanded queries. */
  expand(match: WordMatch, terms: ReadonlyMap<string, number>): Float64Array {
    const scores = new Float64Array(Math.max(match.slots, this.#postings.slotCount));
    scores.set(match.scoresBySlot);
    for (const [term, weight] of terms)
      this.#bm25.score(term, weight * this.#bm25.idf(term), scores);
    return scores;
  }
}
