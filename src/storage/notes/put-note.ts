import type { Said } from '../../markdown/said.ts';
import { pendingFlag } from '../pending-flag.ts';
import type { NoteBody, NoteLinks, NoteMeta, OriginalFile, PendingNote } from '../schema.ts';
import { linksIn, withAliases, withTags } from './link-reader.ts';

/** Stores that `putNote` writes: its caller's transaction is over these, whichever others too. */
export const NOTE_STORES = [
  'notes',
  'bodies',
  'links',
  'originals',
  'pending',
  'quarantine',
] as const;

interface Writable<T> {
  put(row: T): Promise<unknown>;
  delete(id: string): Promise<unknown>;
}

/** A transaction to write in, over `NOTE_STORES` at least. */
export interface NoteTx {
  objectStore(name: 'notes'): Writable<NoteMeta>;
  objectStore(name: 'bodies'): Writable<NoteBody>;
  objectStore(name: 'links'): Writable<NoteLinks>;
  objectStore(name: 'originals'): Writable<OriginalFile>;
  objectStore(name: 'pending'): Writable<PendingNote>;
  objectStore(name: 'quarantine'): Writable<never>;
}

export interface NoteWrite {
  /** As it is to be stored, with the revision and the size of the new text. */
  meta: NoteMeta;
  text: string;
  /** Since when the index is behind, epoch ms. */
  at: number;
  /** Indexed without waiting for the debounce: nobody is typing in it. */
  urgent: boolean;
  /** What the text links to, where that is read already. */
  links?: string[] | undefined;
  /** What the text says of its note, where that is read already. */
  said?: Said | undefined;
  /**
   * The bytes of the file that has this very text, where `meta.file` says that they are kept; `same`
   * where the text stays. Otherwise what was kept goes.
   */
  original?: ArrayBuffer | 'same';
}

/**
 * THE way to write a note's text, in the caller's transaction: with it goes whatever depends on the
 * text, which are its links, aliases, tags and properties, its file as it came, the flag that its index is behind, and
 * that it is quarantined. A file as it came is that of another text, unless it is given.
 * @returns the note as it was written
 */
export async function putNote(tx: NoteTx, write: NoteWrite): Promise<NoteMeta> {
  const { text, at, urgent, links, said, original } = write;
  const named = withAliases(original ? write.meta : withoutKept(write.meta), text);
  const meta = withTags(named, text, said);
  const { id, revision } = meta;
  const to = links ?? linksIn(text);
  await Promise.all([
    tx.objectStore('notes').put(meta),
    tx.objectStore('bodies').put({ id, text }),
    // What cannot be read yet follows (`writeDueLinks`).
    to &&
      (to.length > 0
        ? tx.objectStore('links').put({ note: id, to })
        : tx.objectStore('links').delete(id)),
    original !== undefined && original !== 'same'
      ? tx.objectStore('originals').put({ note: id, bytes: original })
      : !original && tx.objectStore('originals').delete(id),
    tx.objectStore('pending').put(pendingFlag(id, revision, at, urgent)),
    // A new text deserves a new try.
    tx.objectStore('quarantine').delete(id),
  ]);
  return meta;
}

/** A note whose file's bytes are not kept (any more). */
function withoutKept(meta: NoteMeta): NoteMeta {
  if (!meta.file?.kept) return meta;
  const { kept: _, ...file } = meta.file;
  return { ...meta, file };
}
