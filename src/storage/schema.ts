import type { DBSchema } from 'idb';
import type { FileEncoding } from '../encodings.ts';
import type { SaidProperty } from '../markdown/said.ts';

/** A note without its text: small enough to list 20,000 of. Times are epoch milliseconds. */
export interface NoteMeta {
  id: string;
  title: string;
  /** Folder path and file name as imported, '' for a note written here. */
  path: string;
  /** Of its front matter, of its text, and behind them those that were given here, as one. */
  tags: string[];
  /** Other names, of the text's front matter (`aliases`, `alias`); absent where there are none. */
  aliases?: string[];
  /** Titles that the note had before, newest first: links and search know them last of all. */
  formerTitles?: string[];
  /** The person took back its file's name: an import leaves its title. */
  keepsTitle?: boolean;
  pinned: boolean;
  created: number;
  modified: number;
  /** When tags, folder or pin were last changed; `modified` for a note from before schema 6. */
  metaChanged: number;
  /** Rises by one with every change of title or text. */
  revision: number;
  /** Text length in UTF-16 units. */
  size: number;
  /** What its text says as `name: value`, names in lower case; absent where there is nothing. */
  properties?: SaidProperty[];
  /** Those of `tags` that were given here; absent: none, or as `givenTagsOf` tells. */
  givenTags?: string[];
  /** SHA-256 (hex) of the imported file at the last import: of its bytes, or as `hashKind` says. */
  importHash?: string;
  /** `bytes`; absent before schema 7: of the decoded text, with LF. */
  hashKind?: 'bytes';
  /** Path of the imported file at the last import: the note may have been moved since. */
  importPath?: string;
  /** `revision` right after the last import. */
  importedRevision?: number;
  /** What its file is beside its text; absent for a note written here, and before schema 7. */
  file?: FileFacts;
  /** Conflict copies that are kept as versions of it: an import does not bring their files back. */
  copies?: AcceptedCopy[];
  /** Which tab saved this text; of use only while `revision` is the one named here. */
  savedBy?: Writer & { revision: number };
}

/** A conflict copy that became a version. */
export interface AcceptedCopy {
  /** Of the note that it was. */
  id: string;
  /** Of its file, where it came from one: path, and hash of its kind (`hashKind`). */
  path?: string;
  hash?: string;
  hashKind?: 'bytes' | undefined;
}

/** A tab that types, and the number of the key in it: a higher one is a later text of that tab. */
export interface Writer {
  tab: string;
  seq: number;
}

export interface NoteBody {
  id: string;
  text: string;
}

/** A note whose index is behind its text. Written with the note, in one transaction. */
export interface PendingNote {
  note: string;
  revision: number;
  /** When it was saved: the sweep leaves alone what is younger than the debounce. */
  since: number;
  /** Explicit acts (import, retry, rebuild) skip the debounce. */
  urgent: boolean;
  /** Times that work on this revision was begun and not ended. */
  attempts: number;
}

export interface QuarantinedNote {
  note: string;
  revision: number;
  reason: string;
  at: number;
}

/** A text kept because another took its place: the way back from any conflict or change. */
export interface NoteVersion {
  id?: number;
  note: string;
  at: number;
  title: string;
  text: string;
  /**
   * `edit`: as it stood before somebody came back to it. `restored`: of a backup, or before it.
   * `found`: typed in a tab that ended before it was saved. `copy`: a conflict copy that was accepted.
   */
  why: 'import-conflict' | 'edit-conflict' | 'edit' | 'restored' | 'found' | 'copy';
  /** The tab that had saved this text, of an `edit-conflict`. */
  tab?: string;
  /** The note that an accepted copy was, and its file's bytes where those were kept. */
  copy?: NoteMeta;
  original?: ArrayBuffer;
  /** What else the note had then; absent in versions from before schema 6. */
  path?: string;
  tags?: string[];
  pinned?: boolean;
  created?: number;
  modified?: number;
}

export interface TrashedNote {
  id: string;
  meta: NoteMeta;
  text: string;
  at: number;
}

/** What a note links to, by the keys of `notes/links.ts`; none for a note without links. */
export interface NoteLinks {
  note: string;
  to: string[];
}

/** The editor's undo history, as it writes it; of use only while the note's revision is this one. */
export interface UndoHistory {
  note: string;
  revision: number;
  json: string;
}

/** How a note's text was written in its file; what is absent is as the app writes: UTF-8 and LF. */
export interface FileFacts {
  encoding?: FileEncoding;
  /** It began with a byte order mark. */
  mark?: true;
  /** The most of its line ends. */
  lineEnds?: 'crlf' | 'cr';
  /** These do not give its bytes back: `originals` has them, while the text is that of the file. */
  kept?: true;
  /** Bytes, at the last import. */
  size?: number;
  /** When the file was last changed, at the last import, epoch ms. */
  time?: number;
}

/** A file that was imported, by its path then: a text may name it. */
export interface KeptFile {
  path: string;
  /** Id of the attachment that has its bytes. */
  attachment: string;
  /** MIME type. */
  type: string;
  /** Bytes. */
  size: number;
  /** When the file was last changed, epoch ms. */
  time?: number;
}

/** A note's file as it came, where its text and its facts do not give it back. */
export interface OriginalFile {
  note: string;
  bytes: ArrayBuffer;
}

/** A pasted file. `id`: SHA-256 (hex) of its bytes; a text shows it as `attachment:ID`. */
export interface Attachment {
  id: string;
  /** MIME type. */
  type: string;
  bytes: ArrayBuffer;
  added: number;
}

export interface StoredPassage {
  /** SHA-256 (first 128 bits, hex) of exactly the embedded text. */
  hash: string;
  /** Range in the note's text, UTF-16 units, end exclusive. */
  start: number;
  end: number;
  headings: string[];
}

declare const kind: unique symbol;
/** The name of a generation: of a model and a chunker, each with its version. */
export type GenerationId = string & { readonly [kind]: 'generation' };
/** THE way to make one: of a name that `worker/indexer/prepare.ts` composes. */
export const generationId = (name: string): GenerationId => name as GenerationId;

/** A note's passages in one generation: replaced as a whole, in the commit. */
export interface PassageList {
  gen: GenerationId;
  note: string;
  /** The note's revision that these belong to. */
  revision: number;
  title: string;
  passages: StoredPassage[];
}

/** How a list is stored: `index/passage-row.ts` makes it and reads it. */
export interface PassageRow extends Omit<PassageList, 'passages'> {
  /** 16 bytes a passage. */
  hashes: Uint8Array;
  /** Start, length and heading path's number of each, seven bits a byte. */
  places: Uint8Array;
  /** The different heading paths. */
  headings: string[][];
}

/** The model's own vector, L2-normalised: component i is `codes[i] * scale`. */
export interface StoredVector {
  gen: GenerationId;
  hash: string;
  codes: Int8Array;
  scale: number;
}

/**
 * Which vectors a segment holds: their hashes, 16 bytes each, ascending. Never changed once written;
 * whatever leaves a segment has the rest written as another.
 */
export interface SegmentHead {
  gen: GenerationId;
  id: number;
  hashes: Uint8Array;
}

/** Its vectors in the order of its hashes: each `codes.length / scales.length` components. */
export interface SegmentVectors {
  gen: GenerationId;
  id: number;
  codes: Int8Array;
  scales: Float32Array;
}

/** Counters of this workspace since its index was created; `kv` has each under `counter:NAME`. */
export const COUNTERS = [
  'accepted',
  'merged',
  'dropped',
  'embedded',
  'reused',
  'batches',
  'failures',
  'restarts',
  'damaged',
] as const;
export type CounterName = (typeof COUNTERS)[number];

export interface WorkspaceSchema extends DBSchema {
  notes: { key: string; value: NoteMeta; indexes: { path: string; modified: number } };
  bodies: { key: string; value: NoteBody };
  pending: { key: string; value: PendingNote };
  quarantine: { key: string; value: QuarantinedNote };
  versions: { key: number; value: NoteVersion; indexes: { note: string } };
  trash: { key: string; value: TrashedNote };
  links: { key: string; value: NoteLinks; indexes: { to: string } };
  undo: { key: string; value: UndoHistory };
  attachments: { key: string; value: Attachment };
  files: { key: string; value: KeptFile };
  originals: { key: string; value: OriginalFile };
  passages: { key: [GenerationId, string]; value: PassageRow };
  vectors: { key: [GenerationId, string]; value: StoredVector };
  segments: { key: [GenerationId, number]; value: SegmentHead };
  segmentVectors: { key: [GenerationId, number]; value: SegmentVectors };
  /** The keyword index as the worker last wrote it, in parts. */
  keyword: { key: string; value: unknown };
  /** Typed by key in `kv.ts`, which is the way to it. */
  kv: { key: string; value: unknown };
}

export interface WorkspaceRecord {
  id: string;
  name: string;
  created: number;
  /**
   * `creating`: its database may not be there yet, and whoever opens it next may create it.
   * `deleting`: the person has deleted it; its database, then this record, are still to go.
   */
  state?: 'creating' | 'deleting';
}

export interface AppSchema extends DBSchema {
  workspaces: { key: string; value: WorkspaceRecord };
  /** Typed by key in `kv.ts`, too. */
  kv: { key: string; value: unknown };
}
