/**
 * The sentence of a passage to mark where the passage shares no word with the query. Pure.
 *
 * Not by embedding each sentence: twelve took 120 to 390 ms on two busy cores, where an answer takes
 * 30. So the words that the nearest passages have in common stand in for the query.
 */
import { termsOf } from './terms.ts';

/** Shorter ones say too little, UTF-16 units. */
const LEAST_LENGTH = 12;
const LOOKED_AT = 4_000;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/**
 * The sentence or line that has most of the weight of `terms` for its length.
 * @returns its range in the passage, UTF-16 units; null where no sentence stands out
 */
export function tellingSentence(
  passage: string,
  terms: ReadonlyMap<string, number>,
): [number, number] | null {
  let best: { range: [number, number]; score: number } | null = null;
  for (const { segment, index } of segmenter.segment(passage.slice(0, LOOKED_AT))) {
    for (const line of segment.matchAll(/[^\n]+/g)) {
      const text = line[0].trim();
      if (text.length < LEAST_LENGTH) continue;
      const words = Array.from(termsOf(text), ({ term }) => term);
      let sum = 0;
      for (const term of new Set(words)) sum += terms.get(term) ?? 0;
      // Long sentences have more of everything.
      const score = sum / Math.sqrt(words.length + 4);
      if (score <= (best?.score ?? 0)) continue;
      const start = index + line.index + line[0].indexOf(text);
      best = { range: [start, start + text.length], score };
    }
  }
  return best?.range ?? null;
}
