import { contentWords, gramsOf, type QueryWord, toTerm, twinsOf } from '../../words/terms.ts';
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

/** Weight of another form of a word (`ё` as `е`, a word without its article), of an exact match. */
const FORM_WEIGHT = 0.6;
/** The same of a word within another, or of the whole that it is part of; measured in docs/RANKING.md. */
const BESIDE_WEIGHT = 0.1;
/**
 * Of a whole that a query asks for, for all of its words together, where the query is nothing else. Of a
 * longer query it counts by the square of its share of the words: in a sentence a hyphen says little.
 */
const WHOLE_WEIGHT = 1.5;
/** The same of the two words that one is made of. */
const SPLIT_WEIGHT = 0.7;
/** Of numbers with dots each alone says little: `1.2.3`. */
const NUMBER = /^\d+(?:\.\d+)+$/;
/** `C++`, `.NET`, `#42`. */
const SIGNED = /^[.#@]|[+#]$/;
/** Weight of the word without the signs that it was asked for with, where a note has them. */
const WITHOUT_SIGNS = 0.2;
/** Shortest half of a word that is looked for as two, UTF-16 units. */
const LEAST_HALF = 4;

/**
 * How one word of the query is looked for: itself, and what it may stand for, each with a weight.
 */
interface WantedWord {
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
  const wanted = words.flatMap((word) =>
    variantsOf(searched, word, wholeShare(word, words), typing && word.end === query.length),
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

/** What each of the words of a whole adds for it. */
function wholeShare({ wholes }: QueryWord, words: readonly QueryWord[]): number {
  const parts = words.filter((word) => word.wholes.some((whole) => wholes.includes(whole))).length;
  return (WHOLE_WEIGHT * parts) / (words.length * words.length);
}

/** One word, or where no note has it those that it is made of. @param share of a whole, for it */
function variantsOf(
  searched: Searched,
  asked: QueryWord,
  share: number,
  unfinished: boolean,
): WantedWord[] {
  const { postings, vocabulary } = searched;
  const { term, word } = asked;
  const variants = new Map([[term, 1]]);
  let spread = postings.frequency(term);
  const add = (other: string, weight: number): void => {
    const notes = other === term ? 0 : postings.frequency(other);
    if (notes === 0) return;
    variants.set(other, Math.max(variants.get(other) ?? 0, weight));
    spread += notes;
  };
  const addTwins = (other: string, weight: number): void => {
    const [inOrder, beside] = twinsOf(other);
    add(inOrder, weight);
    add(beside, weight * BESIDE_WEIGHT);
  };
  addTwins(term, 1);
  for (const whole of asked.wholes) {
    // Written as one word, it stands for all of them; with its signs, each of them counts already.
    const [inOrder, beside] = twinsOf(whole);
    add(inOrder, 1);
    add(beside, NUMBER.test(inOrder) || SIGNED.test(inOrder) ? 1 : share);
    // Who types the signs does not mean the word without them.
    if (SIGNED.test(inOrder) && variants.has(beside)) variants.set(term, WITHOUT_SIGNS);
  }
  for (const form of asked.forms) addTwins(form, FORM_WEIGHT);
  // A single letter says too little, but not of Korean, where it begins a syllable, and further east.
  const isLong = word.length > 1 || word.charCodeAt(0) >= 0x1100;
  if (asked.isPrefix || (unfinished && isLong)) {
    const going = [...vocabulary.beginningWith(word)].sort((a, b) => b[1] - a[1]);
    for (const [other, typed] of going.slice(0, MOST_VARIANTS)) {
      addTwins(other, asked.isPrefix ? 1 : PREFIX_WEIGHT * (0.5 + 0.5 * typed));
    }
  }
  if (spread === 0) {
    const isThere = (one: string) => twinsOf(one).some((twin) => postings.frequency(twin) > 0);
    const within = asked.within.filter(isThere);
    if (within.length > 1) return within.flatMap((one) => plainWord(searched, one, 1));
  }
  // A word that is there is no typo.
  if (spread === 0) {
    for (const [other, edits] of vocabulary.near(word)) addTwins(other, TYPO_WEIGHT / edits);
  }
  if (spread === 0) {
    const halves = halvesOf(searched, word);
    if (halves) return halves.flatMap((half) => plainWord(searched, half, SPLIT_WEIGHT));
  }
  // Segmented otherwise in the notes: its pairs of characters, if they are all there.
  if (spread === 0) {
    const pairs = [...gramsOf(word)].filter(({ word: gram }) => [...gram].length === 2);
    for (const { term: pair } of pairs) add(pair, 1 / pairs.length);
  }
  return [{ variants, tells: tells(postings, spread) }];
}

const tells = (postings: Postings, spread: number): number =>
  inverseFrequency(Math.min(spread, postings.size), Math.max(postings.size, FEW_NOTES));

function plainWord({ postings }: Searched, term: string, weight: number): WantedWord[] {
  const [inOrder, beside] = twinsOf(term);
  const variants = new Map([
    [inOrder, weight],
    [beside, weight],
  ]);
  const spread = postings.frequency(inOrder) + postings.frequency(beside);
  return [{ variants, tells: tells(postings, spread) }];
}

/** Two words of one note that a word is written of: `compostheap`. The rarest where there are more. */
function halvesOf({ postings }: Searched, word: string): [string, string] | null {
  let best: { halves: [string, string]; notes: number } | null = null;
  for (let at = LEAST_HALF; at <= word.length - LEAST_HALF; at++) {
    const halves: [string, string] = [toTerm(word.slice(0, at)), toTerm(word.slice(at))];
    const first = notesWith(postings, halves[0]);
    const second = first.size > 0 ? notesWith(postings, halves[1]) : first;
    const notes = first.size + second.size;
    if (second.size === 0 || (best && notes >= best.notes)) continue;
    if ([...second].some((slot) => first.has(slot))) best = { halves, notes };
  }
  return best?.halves ?? null;
}

const notesWith = (postings: Postings, term: string): Set<NoteSlot> =>
  new Set(twinsOf(term).flatMap((twin) => Array.from(postings.of(twin)?.slots ?? [])));

/**
 * The notes that have any of a query's words, and which. Numbers by slot, as slots were when it was
 * made: a note that came later has none.
 */
export class WordMatch {
  readonly #postings: Postings;
  readonly #words: readonly WantedWord[];
  readonly #found: Uint16Array;
  readonly #covered: Float64Array;
  readonly #total: number;
  /** BM25+, 0 where no word is. */
  readonly scoresBySlot: Float64Array;

  constructor(
    postings: Postings,
    words: readonly WantedWord[],
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
