import { contentWords, gramsOf } from '../../words/terms.ts';
import { type Bm25, inverseFrequency } from './bm25.ts';
import type { NoteSlot } from './branded-numbers.ts';
import type { Postings } from './postings.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Weight of a word that only begins with the unfinished last word, of an exact match. */
const PREFIX_WEIGHT = 0.5;
/** Weight of a word one typo away, of an exact match. */
const TYPO_WEIGHT = 0.3;
/** Library size that inverse frequencies are reckoned with at least, notes. */
const FEW_NOTES = 100;
/**
 * Words that may stand for one unfinished word; if there are more, it is too short to say anything.
 */
const MOST_VARIANTS = 60;

export interface KeywordHit {
  /** Terms of the note's own that matched. */
  terms: string[];
  inTitle: boolean;
  /**
   * For each of the query's words that the note has: those of these terms that stand for it, and what
   * each says (its inverse frequency, less for a beginning or a typo).
   */
  words: ReadonlyMap<string, number>[];
}

/**
 * How one word of the query is looked for: itself, and what it may stand for, each with a weight.
 */
interface QueryWord {
  variants: Map<string, number>;
  /** Its inverse frequency, as if there were at least FEW_NOTES: among three a word is in all. */
  tells: number;
}

/** What a query's words are looked up in. */
export interface Searched {
  postings: Postings;
  vocabulary: Vocabulary;
  bm25: Bm25;
}

/** All notes with any of the query's words. @param typing the last one may be unfinished */
export function matchWords(searched: Searched, query: string, typing: boolean): WordMatch {
  const { postings, bm25 } = searched;
  const words = contentWords(query);
  const end = words.length - 1;
  const wanted = words.map(({ term, word }, i) =>
    variantsOf(searched, term, word, typing && i === end && !/[\s\p{P}]$/u.test(query)),
  );
  const slots = postings.slotCount;
  const scores = new Float64Array(slots);
  const found = new Uint16Array(slots);
  const covered = new Float64Array(slots);
  /** By slot: the number of the last word found there, from 1. */
  const last = new Uint16Array(slots);
  wanted.forEach(({ variants, tells }, i) => {
    for (const [variant, weight] of variants) {
      const having = bm25.score(variant, weight * bm25.idf(variant), scores);
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
  return new WordMatch(postings, wanted, scores, found, covered, total);
}

function variantsOf(
  { postings, vocabulary }: Searched,
  term: string,
  word: string,
  unfinished: boolean,
): QueryWord {
  const variants = new Map([[term, 1]]);
  const exact = postings.frequency(term);
  let spread = exact;
  const add = (other: string, weight: number): void => {
    const notes = other === term ? 0 : postings.frequency(other);
    if (notes === 0) return;
    variants.set(other, Math.max(variants.get(other) ?? 0, weight));
    spread += notes;
  };
  if (unfinished && (word.length > 1 || word.charCodeAt(0) > 0x2e80)) {
    const going = [...vocabulary.beginningWith(word)].sort((a, b) => b[1] - a[1]);
    for (const [other, share] of going.slice(0, MOST_VARIANTS)) {
      add(other, PREFIX_WEIGHT * (0.5 + 0.5 * share));
    }
  }
  // A word that is there is no typo.
  if (spread === 0) {
    for (const [other, edits] of vocabulary.near(word)) add(other, TYPO_WEIGHT / edits);
  }
  // Segmented otherwise in the notes: its pairs of characters, if they are all there.
  if (spread === 0) {
    const pairs = [...gramsOf(word)].filter(({ word: gram }) => [...gram].length === 2);
    for (const { term: pair } of pairs) add(pair, 1 / pairs.length);
  }
  const among = Math.max(postings.size, FEW_NOTES);
  return { variants, tells: inverseFrequency(Math.min(spread, postings.size), among) };
}

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
  coverageAt(slot: NoteSlot): number {
    return (this.#found[slot] ?? 0) / Math.max(1, this.#words.length);
  }

  /** The same weighted by how much each word tells: one that no note has weighs most. */
  shareAt(slot: NoteSlot): number {
    return this.#total === 0 ? 0 : (this.#covered[slot] ?? 0) / this.#total;
  }

  /** Why a note matches; undefined where it has none of the words. */
  hit(note: string): KeywordHit | undefined {
    const slot = this.#postings.slotOf(note);
    if (slot === undefined || !this.scoresBySlot[slot]) return undefined;
    const terms: string[] = [];
    const words: Map<string, number>[] = [];
    let inTitle = false;
    for (const { variants, tells } of this.#words) {
      const found = new Map<string, number>();
      for (const [variant, weight] of variants) {
        const counts = this.#postings.in(variant, slot);
        if (!counts) continue;
        terms.push(variant);
        found.set(variant, weight * tells);
        inTitle ||= counts.title > 0;
      }
      if (found.size > 0) words.push(found);
    }
    return { terms, inTitle, words };
  }
}
