/** The notes API: all that the page may touch. Notes are saved here, without any worker. */
export type { CounterDeltas } from '../counters.ts';
export type { ConnectionEvents, CreationPermit } from '../db.ts';
export type { FileNames } from '../kv.ts';
export type {
  AcceptedCopy,
  Attachment,
  FileFacts,
  KeptFile,
  NoteMeta,
  NoteVersion,
  TrashedNote,
  UndoHistory,
  Writer,
} from '../schema.ts';
export type { Accepting } from './copies.ts';
export type { DeletedNotes } from './deleted-notes.ts';
export type { FileNamesOfNotes, FileNamesStep } from './file-names.ts';
export type { Decision, ImportedFile, ImportOutcome, Known } from './import.ts';
export type { LinkNames } from './links.ts';
export { byModified } from './list.ts';
export type { Merged } from './merge.ts';
export { type Notes, openNotes } from './notes.ts';
export type { TrashedAt } from './purge-plan.ts';
export type { Recovered, UnsavedDraft } from './recover.ts';
export type { Rewrite, Rewriting, Rewritten } from './rewrite.ts';
export type { SaveRequest, SaveResult } from './save.ts';
export type { BackedUpNote, Outcome } from './settle.ts';
export type { Freeable, TrashEntry } from './trash.ts';
export type { Unfinished, UnfinishedKind } from './unfinished.ts';
export type { MetaChange, MetaUpdate, Updated } from './update.ts';
