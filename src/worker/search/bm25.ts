import type { NoteSlot } from './branded-numbers.ts';
import { type Postings, TEXT_COUNTS } from './postings.ts';

/**
 * BM25's k1: how soon a term's count saturates. BM25+: Robertson; Lv and Zhai, CIKM 2011; values
 * measured in docs/RANKING.md.
 */
const SATURATION = 1.6;
/** BM25's b: how much a long text counts less, 0 to 1. */
const LENGTH_WEIGHT = 0.8;
/** BM25+'s δ: what a term's mere presence counts. */
const PRESENCE = 0.5;
/** Weight of the title's score beside the text's, which are scored apart. */
const TITLE_WEIGHT = 1.5;

/** What a term counts in each note, by BM25+; notes' lengths are looked at again after a change. */
export class Bm25 {
  readonly #postings: Postings;
  readonly #changes: () => number;
  /** Kept until something changes. */
  #norms = { at: -1, title: new Float64Array(0), text: new Float64Array(0) };

  /** @param changes rises with every change of the postings */
  constructor(postings: Postings, changes: () => number) {
    this.#postings = postings;
    this.#changes = changes;
  }

  /** The inverse frequency of a term among all notes. */
  idf(term: string): number {
    return inverseFrequency(this.#postings.frequency(term), this.#postings.size);
  }

  /** Adds what a term counts to the scores of the slots that have it. @returns those slots */
  score(term: string, weight: number, into: Float64Array): ArrayLike<NoteSlot> {
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
    const at = this.#changes();
    if (known.at === at) return known;
    const { meanTitleLength, meanTextLength } = this.#postings.statistics;
    const title = new Float64Array(this.#postings.slotCount);
    const text = new Float64Array(this.#postings.slotCount);
    const norm = (length: number, mean: number): number =>
      SATURATION * (1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * length) / mean);
    for (let slot = 0 as NoteSlot; slot < text.length; slot++) {
      const { titleLength, textLength } = this.#postings.lengthsAt(slot);
      title[slot] = norm(titleLength, meanTitleLength);
      text[slot] = norm(textLength, meanTextLength);
    }
    this.#norms = { at, title, text };
    return this.#norms;
  }
}

const saturated = (count: number, norm: number): number =>
  PRESENCE + (count * (SATURATION + 1)) / (count + norm);

/** ln(1 + (N − n + ½) / (n + ½)): how much a term tells that n of N notes have. */
export const inverseFrequency = (notes: number, of: number): number =>
  Math.log(1 + (of - notes + 0.5) / (notes + 0.5));
