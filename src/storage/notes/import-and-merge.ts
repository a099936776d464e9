/**
 * How notes come in from outside: fetched when the first does, for the first screen needs none of
 * it.
 */
export { importNotes } from './import.ts';
export { compareNotes, mergeNotes } from './merge.ts';
