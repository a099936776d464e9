import { BUILD } from '../../build-id.ts';
import { NumberReader, NumberWriter } from '../../varint.ts';
import { segmenterMark } from '../../words/terms.ts';
import type { NoteSlot } from './branded-numbers.ts';
import { type Postings, TEXT_COUNTS } from './postings.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * The keyword index as it is stored, under the key `image` of the store `keyword`: about 3 bytes
 * for each different word of a note. Read back in a tenth of the time that reading the notes takes.
 */
export interface KeywordSnapshot {
  /** Another build may make other terms of the same text. */
  build: string;
  /** By note: ids and folded names, a line each; revision and mark of the names; lengths in words. */
  ids: string;
  titles: string;
  revisions: Uint32Array;
  names: Uint32Array;
  titleLengths: Uint32Array;
  textLengths: Uint32Array;
  /** A line each. */
  terms: string;
  /** Words, a line each, and the number of each one's term. */
  words: string;
  wordTerms: Uint32Array;
  /**
   * By term: how many notes have it. For each of them, in order: how many places after the one
   * before it stands in the list of notes, then twice the count in its text, plus one if the count
   * in its title comes next. As in `varint.ts`.
   */
  postings: Uint8Array;
}

/** By which a note is known to be as it was: its text by its revision, its names by 32 bits of them. */
export interface NoteMark {
  revision: number;
  names: number;
}
/** What is stored: with the words of comments, which have an index of their own. */
export type StoredWords = KeywordSnapshot & { comments: KeywordSnapshot };

interface Source {
  postings: Postings;
  vocabulary: Vocabulary;
  titleOf: (id: string) => string;
  markOf: (id: string) => NoteMark;
  /** Yields. @returns whether to continue */
  pause: () => Promise<boolean>;
}

/**
 * Another build, or another version of the platform, may make other terms of the same text: then what
 * is stored is not read.
 */
export const snapshotMark = (): string => `${BUILD} ${segmenterMark()}`;

/** Terms written at a time before yielding. */
const TERMS_AT_ONCE = 2_000;

/** @returns null when told not to continue */
export async function takeSnapshot(source: Source): Promise<KeywordSnapshot | null> {
  const { postings, vocabulary, pause } = source;
  const ids: string[] = [];
  const lengths: { titleLength: number; textLength: number }[] = [];
  const places = new Uint32Array(postings.slotCount);
  for (let slot = 0 as NoteSlot; slot < postings.slotCount; slot++) {
    const id = postings.idAt(slot);
    if (id === undefined) continue;
    places[slot] = ids.push(id) - 1;
    lengths.push(postings.lengthsAt(slot));
  }
  const bytes = new NumberWriter();
  const numbers = new Map<string, number>();
  for (const { term, slots, counts } of postings.all()) {
    if (slots.length === 0) continue;
    numbers.set(term, numbers.size);
    const rows = Array.from(slots, (slot, i) => [places[slot]!, counts[i]!] as const);
    rows.sort(([a], [b]) => a - b);
    bytes.add(rows.length);
    let last = 0;
    for (const [place, count] of rows) {
      const title = Math.floor(count / TEXT_COUNTS);
      bytes.add(place - last);
      bytes.add((count % TEXT_COUNTS) * 2 + (title > 0 ? 1 : 0));
      if (title > 0) bytes.add(title);
      last = place;
    }
    if (numbers.size % TERMS_AT_ONCE === 0 && !(await pause())) return null;
  }
  const words = [...vocabulary.words()].filter(([, term]) => numbers.has(term));
  if (!(await pause())) return null;
  return {
    build: snapshotMark(),
    ids: ids.join('\n'),
    titles: ids.map(source.titleOf).join('\n'),
    revisions: Uint32Array.from(ids, (id) => source.markOf(id).revision),
    names: Uint32Array.from(ids, (id) => source.markOf(id).names),
    titleLengths: Uint32Array.from(lengths, ({ titleLength }) => titleLength),
    textLengths: Uint32Array.from(lengths, ({ textLength }) => textLength),
    terms: [...numbers.keys()].join('\n'),
    words: words.map(([word]) => word).join('\n'),
    wordTerms: Uint32Array.from(words, ([, term]) => numbers.get(term)!),
    postings: bytes.bytes(),
  };
}

/**
 * Puts a snapshot in place of what `postings` and `vocabulary` hold: about 0.1 µs a posting.
 * @returns by note: its folded names, its mark
 * @throws when the snapshot is damaged, before anything was replaced
 */
export function readSnapshot(
  snapshot: KeywordSnapshot,
  postings: Postings,
  vocabulary: Vocabulary,
): { titles: Map<string, string>; marks: Map<string, NoteMark> } {
  const ids = lines(snapshot.ids);
  const titles = lines(snapshot.titles);
  const terms = lines(snapshot.terms);
  const bytes = new NumberReader(snapshot.postings);
  const ends = new Uint32Array(terms.length);
  // As long as it can be: a posting takes two bytes at least.
  const slots = new Uint32Array(snapshot.postings.length >> 1);
  const counts = new Uint32Array(slots.length);
  let at = 0;
  for (let term = 0; term < terms.length; term++) {
    let slot = 0;
    for (let left = bytes.next(); left > 0; left--) {
      slot += bytes.next();
      const text = bytes.next();
      if (slot >= ids.length) throw new RangeError('a note that there is not');
      slots[at] = slot;
      counts[at++] = (text & 1 ? bytes.next() * TEXT_COUNTS : 0) + (text >>> 1);
    }
    ends[term] = at;
  }
  const notes = ids.map((id, i) => ({
    id,
    titleLength: snapshot.titleLengths[i]!,
    textLength: snapshot.textLengths[i]!,
  }));
  const words = lines(snapshot.words);
  postings.restore(notes, terms, ends, slots.slice(0, at), counts.slice(0, at));
  vocabulary.clear();
  for (const [i, word] of words.entries()) vocabulary.add(word, terms[snapshot.wordTerms[i]!]!);
  return {
    titles: new Map(ids.map((id, i) => [id, titles[i] ?? ''])),
    marks: new Map(
      ids.map((id, i) => [id, { revision: snapshot.revisions[i]!, names: snapshot.names[i]! }]),
    ),
  };
}

const lines = (joined: string): string[] => (joined === '' ? [] : joined.split('\n'));
