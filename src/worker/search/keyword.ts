import type { NoteTerms } from './duplicates.ts';
import { type KeywordImage, readImage, takeImage } from './keyword-image.ts';
import { Postings, TEXT_COUNTS } from './postings.ts';
import { contentWords, gramsOf, isFiller, termsOf } from './terms.ts';
import { Vocabulary } from './vocabulary.ts';

/**
 * BM25+ with these constants (Robertson; Lv and Zhai, CIKM 2011), title and text scored apart.
 * Measured in docs/RANKING.md.
 */
const SATURATION = 1.6;
const LENGTH_WEIGHT = 0.8;
const PRESENCE = 0.5;
const TITLE_WEIGHT = 1.5;
/** What the rest of an unfinished word, and a word with a typo, count of the exact one. */
const PREFIX_WEIGHT = 0.5;
const TYPO_WEIGHT = 0.3;
const FEW_NOTES = 100;
/** A word that goes on in more ways than this is too short to say anything. */
const MOST_VARIANTS = 60;

export interface KeywordHit {
  /** Terms of the note's own that matched. */
  terms: string[];
  inTitle: boolean;
}

/** How one word of the query is looked for: itself, and what it may stand for, each with a weight. */
interface QueryWord {
  variants: Map<string, number>;
  /** Its inverse frequency, as if there were at least FEW_NOTES: among three a word is in all. */
  tells: number;
}

/** Keyword search over whole notes: BM25+, prefix on the word being typed, typos weaker. */
export class KeywordIndex {
  readonly #postings = new Postings();
  readonly #vocabulary = new Vocabulary();
  /** Rises with every change. */
  changes = 0;
  /** Notes by their whole title, folded; and back. */
  readonly #titled = new Map<string, Set<string>>();
  readonly #titles = new Map<string, string>();
  /** Kept until something changes. */
  #norms = { at: -1, title: new Float64Array(0), text: new Float64Array(0) };
  #places: { row: readonly unknown[]; at: number; bySlot: Int32Array } = {
    row: [],
    at: -1,
    bySlot: new Int32Array(0),
  };

  get size(): number {
    return this.#postings.size;
  }

  ids(): IterableIterator<string> {
    return this.#postings.ids();
  }

  has(id: string): boolean {
    return this.#postings.slotOf(id) !== undefined;
  }

  set({ id, title, text }: { id: string; title: string; text: string }): void {
    this.changes++;
    const counts = new Map<string, { title: number; text: number }>();
    const read = (source: string, field: 'title' | 'text'): number => {
      let words = 0;
      const count = (term: string): void => {
        const known = counts.get(term);
        if (known) known[field]++;
        else counts.set(term, { title: 0, text: 0, [field]: 1 });
      };
      for (const { term, word } of termsOf(source)) {
        count(term);
        this.#vocabulary.add(word, term);
        words++;
      }
      for (const { term } of gramsOf(source)) if (!counts.get(term)?.[field]) count(term);
      return words;
    };
    this.#setTitle(id, foldedWords(title));
    const titleLength = read(title, 'title');
    this.#postings.set(id, counts, { titleLength, textLength: read(text, 'text') });
  }

  remove(id: string): void {
    this.changes++;
    this.#setTitle(id, '');
    this.#postings.remove(id);
  }

  /**
   * Everything, to be kept.
   * @param pause called now and then, so that others get their turn
   * @returns null when something changed meanwhile
   */
  async image(
    revisionOf: (id: string) => number,
    pause: () => Promise<void>,
  ): Promise<KeywordImage | null> {
    const before = this.changes;
    return takeImage({
      postings: this.#postings,
      vocabulary: this.#vocabulary,
      titleOf: (id) => this.#titles.get(id) ?? '',
      revisionOf,
      pause: async () => {
        await pause();
        return this.changes === before;
      },
    });
  }

  /**
   * Drops the words that no note has any more, which `remove` leaves: other notes may have them.
   * @param readAll hands every note's title and text to `meet`; false: it was cut short
   * @returns whether it was done
   */
  async sift(readAll: (meet: (text: string) => void) => Promise<boolean>): Promise<boolean> {
    this.#vocabulary.beginSift();
    let done = false;
    try {
      done = await readAll((text) => {
        for (const { word } of termsOf(text)) this.#vocabulary.meet(word);
      });
    } finally {
      this.#vocabulary.endSift(done);
    }
    return done;
  }

  /**
   * Fills an empty index with what was kept.
   * @returns each note's revision at that time
   * @throws when it is damaged; nothing is taken from it then
   */
  restore(image: KeywordImage): Map<string, number> {
    this.changes++;
    const { titles, revisions } = readImage(image, this.#postings, this.#vocabulary);
    for (const [id, title] of titles) this.#setTitle(id, title);
    return revisions;
  }

  /** Notes that have all words of a text, as they are: neither beginnings nor typos count. */
  having(text: string): Set<string> {
    const terms = [...new Set(Array.from(termsOf(text), ({ term }) => term))];
    const slots = new Map<number, number>();
    for (const term of terms) {
      const having = this.#postings.of(term)?.slots ?? [];
      for (let i = 0; i < having.length; i++) {
        slots.set(having[i]!, (slots.get(having[i]!) ?? 0) + 1);
      }
    }
    const ids = [...slots].filter(([, found]) => found === terms.length);
    return new Set(ids.map(([slot]) => this.#postings.idAt(slot)!));
  }

  /** Notes whose title is just this, but for case, accents and punctuation. */
  titled(query: string): ReadonlySet<string> {
    return this.#titled.get(foldedWords(query)) ?? new Set();
  }

  #setTitle(id: string, title: string): void {
    const old = this.#titles.get(id) ?? '';
    if (old === title) return;
    const among = this.#titled.get(old);
    among?.delete(id);
    if (among?.size === 0) this.#titled.delete(old);
    if (title === '') {
      this.#titles.delete(id);
      return;
    }
    this.#titles.set(id, title);
    const same = this.#titled.get(title);
    if (same) same.add(id);
    else this.#titled.set(title, new Set([id]));
  }

  /** Each note's terms, oldest slot first. */
  allTerms(): NoteTerms[] {
    const all: NoteTerms[] = [];
    for (let slot = 0; slot < this.#postings.slotCount; slot++) {
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
      const id = this.#postings.idAt(slot);
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

  /** In how many notes a term stands. */
  frequency(term: string): number {
    return this.#postings.frequency(term);
  }

  idf(term: string): number {
    return inverseFrequency(this.#postings.frequency(term), this.size);
  }

  /** All notes with any of the query's words. @param typing the last one may be unfinished */
  match(query: string, typing: boolean): WordMatch {
    const words = contentWords(query);
    const end = words.length - 1;
    const wanted = words.map(({ term, word }, i) =>
      this.#variants(term, word, typing && i === end && !/[\s\p{P}]$/u.test(query)),
    );
    const slots = this.#postings.slotCount;
    const scores = new Float64Array(slots);
    const found = new Uint16Array(slots);
    const covered = new Float64Array(slots);
    /** By slot: the number of the last word found there, from 1. */
    const last = new Uint16Array(slots);
    wanted.forEach(({ variants, tells }, i) => {
      for (const [variant, weight] of variants) {
        const having = this.#score(variant, weight * this.idf(variant), scores);
        for (let at = 0; at < having.length; at++) {
          const slot = having[at]!;
          if (last[slot] === i + 1) continue;
          last[slot] = i + 1;
          found[slot]!++;
          covered[slot]! += tells;
        }
      }
    });
    const total = wanted.reduce((sum, { tells }) => sum + tells, 0);
    return new WordMatch(this.#postings, wanted, scores, found, covered, total);
  }

  /** The slot that a note has now; another may have it once the note is gone. */
  slotOf(id: string): number | undefined {
    return this.#postings.slotOf(id);
  }

  idAt(slot: number): string | undefined {
    return this.#postings.idAt(slot);
  }

  /** By slot: the note's place in a row of notes, −1 where it has none. Kept until either changes. */
  placesIn(row: readonly { id: string }[]): Int32Array {
    const known = this.#places;
    if (known.row === row && known.at === this.changes) return known.bySlot;
    const bySlot = new Int32Array(this.#postings.slotCount).fill(-1);
    for (let r = 0; r < row.length; r++) {
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
    for (const [term, weight] of terms) this.#score(term, weight * this.idf(term), scores);
    return scores;
  }

  /** Adds what a term counts to the scores of the slots that have it. @returns those slots */
  #score(term: string, weight: number, into: Float64Array): ArrayLike<number> {
    const posting = this.#postings.of(term);
    if (!posting) return [];
    const { slots, counts } = posting;
    const { title, text } = this.#lengthNorms();
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i]!;
      const count = counts[i]!;
      const inText = count % TEXT_COUNTS;
      let score = inText > 0 ? saturated(inText, text[slot]!) : 0;
      if (count >= TEXT_COUNTS) {
        score += TITLE_WEIGHT * saturated((count / TEXT_COUNTS) | 0, title[slot]!);
      }
      into[slot]! += weight * score;
    }
    return slots;
  }

  /** By slot: how much longer than usual its title and its text are, as BM25 sees it. */
  #lengthNorms(): { title: Float64Array; text: Float64Array } {
    const known = this.#norms;
    if (known.at === this.changes) return known;
    const { meanTitleLength, meanTextLength } = this.#postings.statistics;
    const title = new Float64Array(this.#postings.slotCount);
    const text = new Float64Array(this.#postings.slotCount);
    const norm = (length: number, mean: number): number =>
      SATURATION * (1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * length) / mean);
    for (let slot = 0; slot < text.length; slot++) {
      const { titleLength, textLength } = this.#postings.lengthsAt(slot);
      title[slot] = norm(titleLength, meanTitleLength);
      text[slot] = norm(textLength, meanTextLength);
    }
    this.#norms = { at: this.changes, title, text };
    return this.#norms;
  }

  #variants(term: string, word: string, unfinished: boolean): QueryWord {
    const variants = new Map([[term, 1]]);
    const exact = this.#postings.frequency(term);
    let spread = exact;
    const add = (other: string, weight: number): void => {
      const notes = other === term ? 0 : this.#postings.frequency(other);
      if (notes === 0) return;
      variants.set(other, Math.max(variants.get(other) ?? 0, weight));
      spread += notes;
    };
    if (unfinished && (word.length > 1 || word.charCodeAt(0) > 0x2e80)) {
      const going = [...this.#vocabulary.beginningWith(word)].sort((a, b) => b[1] - a[1]);
      for (const [other, share] of going.slice(0, MOST_VARIANTS)) {
        add(other, PREFIX_WEIGHT * (0.5 + 0.5 * share));
      }
    }
    // A word that is there is no typo.
    if (spread === 0) {
      for (const [other, edits] of this.#vocabulary.near(word)) add(other, TYPO_WEIGHT / edits);
    }
    // Segmented otherwise in the notes: its pairs of characters, if they are all there.
    if (spread === 0) {
      const pairs = [...gramsOf(word)].filter(({ word: gram }) => [...gram].length === 2);
      for (const { term: pair } of pairs) add(pair, 1 / pairs.length);
    }
    const among = Math.max(this.size, FEW_NOTES);
    return { variants, tells: inverseFrequency(Math.min(spread, this.size), among) };
  }
}

const saturated = (count: number, norm: number): number =>
  PRESENCE + (count * (SATURATION + 1)) / (count + norm);

/** ln(1 + (N − n + ½) / (n + ½)): how much a term tells that n of N notes have. */
const inverseFrequency = (notes: number, of: number): number =>
  Math.log(1 + (of - notes + 0.5) / (notes + 0.5));

const foldedWords = (text: string): string => Array.from(termsOf(text), (t) => t.word).join(' ');

/**
 * The notes that have any of a query's words, and which. Numbers by slot, as slots were when it was
 * made: a note that came later has none.
 */
export class WordMatch {
  readonly #postings: Postings;
  readonly #words: readonly QueryWord[];
  readonly #found: Uint16Array;
  readonly #covered: Float64Array;
  readonly #total: number;
  /** BM25+, 0 where no word is. */
  readonly scoresBySlot: Float64Array;

  constructor(
    postings: Postings,
    words: readonly QueryWord[],
    scores: Float64Array,
    found: Uint16Array,
    covered: Float64Array,
    total: number,
  ) {
    this.#postings = postings;
    this.#words = words;
    this.scoresBySlot = scores;
    this.#found = found;
    this.#covered = covered;
    this.#total = total;
  }

  /** Slots are below this. */
  get slots(): number {
    return this.scoresBySlot.length;
  }

  /** Share of the query's content words that the note at a slot has, 0 to 1. */
  coverageAt(slot: number): number {
    return (this.#found[slot] ?? 0) / Math.max(1, this.#words.length);
  }

  /** The same weighted by how much each word tells: one that no note has weighs most. */
  shareAt(slot: number): number {
    return this.#total === 0 ? 0 : (this.#covered[slot] ?? 0) / this.#total;
  }

  hit(note: string): KeywordHit | undefined {
    const slot = this.#postings.slotOf(note);
    if (slot === undefined || !this.scoresBySlot[slot]) return undefined;
    const terms: string[] = [];
    let inTitle = false;
    for (const { variants } of this.#words) {
      for (const variant of variants.keys()) {
        const counts = this.#postings.in(variant, slot);
        if (!counts) continue;
        terms.push(variant);
        inTitle ||= counts.title > 0;
      }
    }
    return { terms, inTitle };
  }
}
