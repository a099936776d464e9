import { NumberReader, NumberWriter } from '../../varint.ts';
import type { PassageList, PassageRow } from '../schema.ts';
import { bytesOf, HASH_BYTES, hashesIn } from './hash-bytes.ts';

/**
 * A passage list as it is stored: some 20 bytes a passage instead of an object's 75. Pure.
 * @throws TypeError for a hash that is none
 */
export function toRow({ passages, ...list }: PassageList): PassageRow {
  const hashes = new Uint8Array(passages.length * HASH_BYTES);
  const places = new NumberWriter(64);
  const paths = new Map<string, number>();
  for (const [i, { hash, start, end, headings }] of passages.entries()) {
    const bytes = bytesOf(hash);
    if (!bytes) throw new TypeError(`not a passage's hash: ${hash}`);
    hashes.set(bytes, i * HASH_BYTES);
    const path = JSON.stringify(headings);
    const known = paths.get(path) ?? paths.size;
    paths.set(path, known);
    places.add(start);
    places.add(end - start);
    places.add(known);
  }
  const headings = [...paths.keys()].map((path) => JSON.parse(path) as string[]);
  return { ...list, hashes, places: places.bytes(), headings };
}

/** The inverse of `toRow`. @throws RangeError where `places` is cut short */
export function fromRow({ hashes, places, headings, ...list }: PassageRow): PassageList {
  const numbers = new NumberReader(places);
  const passages = hashesIn(hashes).map((hash) => {
    const start = numbers.next();
    const end = start + numbers.next();
    return { hash, start, end, headings: headings[numbers.next()] ?? [] };
  });
  return { ...list, passages };
}
