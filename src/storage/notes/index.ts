/** The notes API: all that the page may touch. Notes are saved here, without any worker. */
export type { CounterDeltas } from '../counters.ts';
export type { ConnectionEvents } from '../db.ts';
export type { NoteMeta, NoteVersion, TrashedNote } from '../schema.ts';
export type { Decision, ImportedFile, ImportOutcome } from './import.ts';
export { type Notes, openNotes } from './notes.ts';
export type { SaveRequest, SaveResult } from './save.ts';
