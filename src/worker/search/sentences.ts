/** The sentence of a passage to mark where the passage shares no word with the query. Pure. */

import { segmentsOf } from '../../segments.ts';
import { wordsOf } from '../../words/terms.ts';
import { centredCosine } from './calibration.ts';

/** In a passage, UTF-16 units, end exclusive. */
export type Range = [number, number];

/** Shortest sentence considered, UTF-16 units. */
const LEAST_LENGTH = 12;
/** UTF-16 units of a passage that are looked at. */
const LOOKED_AT = 4_000;
/** Sentences of a passage that are embedded, the first ones. */
const MOST = 12;
/** Passages whose nearest sentence is remembered. */
const REMEMBERED = 200;

/** Where a line goes on in the next one: it is long, and that begins with a word. */
const WRAPPED = /(?<=[^\n]{40})\n(?=[\p{L}\p{N}("“])/gu;

/** A line of signs says nothing. */
const SAYS = /[\p{L}\p{N}]{2}/u;

interface Sentence {
  text: string;
  range: Range;
}

/** The sentences and lines of a passage that say something. */
function* sentencesOf(passage: string): Generator<Sentence> {
  const text = passage.slice(0, LOOKED_AT).replace(WRAPPED, ' ');
  for (const { segment, index } of segmentsOf(text, 'sentence')) {
    for (const line of segment.matchAll(/[^\n]+/g)) {
      const said = line[0].trim();
      if (said.length < LEAST_LENGTH || !SAYS.test(said)) continue;
      const start = index + line.index + line[0].indexOf(said);
      yield { text: said, range: [start, start + said.length] };
    }
  }
}

/**
 * The sentence or line that has most of the weight of `terms` for its length: at once, where
 * embedding a passage's sentences takes longer than a whole answer.
 * @returns its range; null where no sentence stands out
 */
export function tellingSentence(passage: string, terms: ReadonlyMap<string, number>): Range | null {
  let best: { range: Range; score: number } | null = null;
  for (const { text, range } of sentencesOf(passage)) {
    const words = Array.from(wordsOf(text), ({ term }) => term);
    let sum = 0;
    for (const term of new Set(words)) sum += terms.get(term) ?? 0;
    // Long sentences have more of everything.
    const score = sum / Math.sqrt(words.length + 4);
    if (score > (best?.score ?? 0)) best = { range, score };
  }
  return best?.range ?? null;
}

export interface NearestTo {
  query: string;
  /** The query's, unit length. */
  vector: Float32Array;
  /** What all of the model's vectors have in common. */
  mean: Float32Array;
  /** Unit vectors of some texts; null when nobody waits for them any more. */
  embed(texts: readonly string[]): Promise<Float32Array[] | null>;
}

/**
 * Finds the sentence nearest in meaning, and remembers it: the same query is asked again and again.
 */
export class Sentences {
  /** By query and passage, the oldest first. */
  readonly #known = new Map<string, Range | null>();

  /** @returns null where there is none, or when nobody waits any more */
  async nearest(passage: string, { query, vector, mean, embed }: NearestTo): Promise<Range | null> {
    const key = `${query}\n${passage}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const sentences = [...sentencesOf(passage)].slice(0, MOST);
    // One alone is the nearest.
    const vectors = sentences.length > 1 ? await embed(sentences.map(({ text }) => text)) : [];
    if (!vectors) return null;
    let best = { range: sentences[0]?.range ?? null, near: Number.NEGATIVE_INFINITY };
    for (const [i, row] of vectors.entries()) {
      const near = centredCosine(vector, row, mean);
      if (near > best.near) best = { range: sentences[i]!.range, near };
    }
    this.#known.set(key, best.range);
    if (this.#known.size > REMEMBERED) this.#known.delete(this.#known.keys().next().value!);
    return best.range;
  }
}
