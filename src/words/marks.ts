/** Where the words that a query found stand in a text. Pure. */
import { gramsOf, type Term, termsOf } from './terms.ts';

/** Where wanted terms stand, in order and apart: the longer one where two overlap. */
export function placesOf(text: string, wanted: ReadonlySet<string>): Term[] {
  const places = [...termsOf(text)].filter(({ term }) => wanted.has(term));
  for (const gram of gramsOf(text)) if (wanted.has(gram.term)) places.push(gram);
  places.sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: Term[] = [];
  for (const place of places) if (place.start >= (apart.at(-1)?.end ?? 0)) apart.push(place);
  return apart;
}

/** The ranges of a text to mark, UTF-16 units, ordered and disjoint. */
export const marksIn = (text: string, wanted: ReadonlySet<string>): [number, number][] =>
  wanted.size === 0 ? [] : placesOf(text, wanted).map(({ start, end }) => [start, end]);
