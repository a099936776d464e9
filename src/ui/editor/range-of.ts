import { placeIn } from '../../markdown/places.ts';
import { readNote } from './read-note.ts';

/**
 * Where a heading or a block stands in a text, as a link names it: UTF-16 units, end exclusive; null
 * where there is none.
 */
export function rangeOf(text: string, place: string): [number, number] | null {
  const found = placeIn(readNote(text), place);
  return found && [found.from, found.to];
}
