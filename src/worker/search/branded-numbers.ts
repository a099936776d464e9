/**
 * Whole numbers of search that are easily taken for each other. To the compiler they are different
 * types; at run time they are plain numbers.
 */
declare const kind: unique symbol;
type Branded<Kind extends string> = number & { readonly [kind]: Kind };

/** A note's place in the keyword index, from 0: another note may have it once that one is gone. */
export type NoteSlot = Branded<'note slot'>;
/** A note's place in a row of notes of the vector index, from 0; −1 where it is in none. */
export type NoteRow = Branded<'note row'>;

/** A vector's place in the vector index, from 0; −1 where there is none. Used again like a note's. */
export type VectorSlot = Branded<'vector slot'>;
/** A note's place among those that one ranking compares, from 0. */
export type Candidate = Branded<'candidate'>;

/** A column of such numbers; the second holds no −1. */
export type ColumnOf<T extends number> = Int32Array & { [index: number]: T };
export type UnsignedColumnOf<T extends number> = {
  [index: number]: T;
  [Symbol.iterator](): ArrayIterator<T>;
} & Uint32Array;
