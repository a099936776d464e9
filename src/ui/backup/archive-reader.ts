/** What each file of a backup is. */
import { imageTypeOf } from '../../image-files.ts';
import { isNoteFile } from '../../note-files.ts';
import { sha256 } from '../../sha256.ts';
import type { BackedUpNote, NoteMeta, Notes } from '../../storage/notes/index.ts';
import type { Archive, ArchivedFile, Flaw } from '../archive/unzip.ts';
import { bytes } from '../core/format.ts';
import { IMAGE_LIMIT } from '../core/images.ts';
import {
  isManifest,
  KnownRows,
  LostRows,
  MANIFEST_LIMIT,
  manifestOf,
  noteByRow,
} from './backup-reader.ts';
import { placeOf } from './manifest.ts';
import { readBackedUpNote } from './read-note.ts';
import { W } from './words.ts';

/** Largest file read as a note, bytes. */
const NOTE_LIMIT = 64 * 1024 * 1024;
/** Files that are attachments by their names: SHA-256 and type. */
const IMAGE = /(?:^|\/)attachments\/([0-9a-f]{64})\.(?:png|jpg|gif|webp|avif)$/;
/** A path that leads out of the folder that holds it. */
export const OUTWARD = /^(?:[/\\]|[a-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/i;

export interface ReaderDeps {
  notes: Pick<Notes, 'get'>;
  /** Epoch ms. */
  now(): number;
  /** For notes whose ids are lost. */
  newId(): string;
}

/** An image of a backup. */
export interface ReadImage {
  image: string;
  type: string;
  content: ArrayBuffer;
  /** By what notes name it. */
  place?: Parameters<Notes['addAttachment']>[1];
}

/** What a file of a backup is; `reason`: why it is not taken. */
export type ReadFile =
  | { reason: string }
  /** `isLost`: what the backup knew of it is damaged. */
  | { note: BackedUpNote; isLost?: boolean }
  | ReadImage
  | { content: Uint8Array<ArrayBuffer> }
  /** What it says is known already. */
  | { manifest: true };

/**
 * Reads the files of an archive, by its manifest where it has one.
 * @param here all notes before the restore
 * @returns `isNewer`: the manifest is of a later version
 */
export async function readerOf(
  archive: Archive,
  { notes, now, newId }: ReaderDeps,
  here: readonly NoteMeta[],
): Promise<{ read(file: ArchivedFile): Promise<ReadFile>; isNewer: boolean }> {
  const manifest = await manifestOf(archive);
  const rows = manifest && new KnownRows(manifest, archive);
  const lost = manifest && new LostRows(notes, here);

  async function readImage(file: ArchivedFile): Promise<ReadFile> {
    const content = await archive.read(file, IMAGE_LIMIT);
    if (typeof content === 'string') return refused(content, IMAGE_LIMIT);
    const hash = await sha256(content);
    const row = rows?.image(file.path);
    const [, named] = IMAGE.exec(file.path) ?? [];
    const expected = row?.attachment ?? named;
    if (expected !== undefined && expected !== hash) return { reason: W.restoreSkip.image };
    const type = row?.type ?? imageTypeOf(file.path)!;
    const place = row ? placeOf(row) : named === undefined ? { path: file.path } : undefined;
    return { image: hash, type, content: content.buffer, place };
  }

  async function readNote(file: ArchivedFile): Promise<ReadFile> {
    const content = await archive.read(file, NOTE_LIMIT);
    if (typeof content === 'string') return refused(content, NOTE_LIMIT);
    const hash = rows ? await sha256(content) : '';
    const row = rows?.note(file.path, hash);
    if (row) {
      const note = await noteByRow(row, content, hash, file.time);
      return note ? { note } : { reason: W.restoreSkip.text };
    }
    const marked = readMarked(content, now());
    if (marked) return { note: marked };
    // Of another making, it is imported.
    if (!lost || manifest?.lost === 0) return { content };
    if (OUTWARD.test(file.path)) return { reason: W.restoreSkip.outward };
    if (file.renamed()) return { reason: W.restoreSkip.renamed };
    const note = await lost.note(file.path, content, now(), newId);
    return note ? { note, isLost: true } : { reason: W.restoreSkip.text };
  }

  const read = async (file: ArchivedFile): Promise<ReadFile> => {
    if (isManifest(file.path)) {
      const content = await archive.read(file, MANIFEST_LIMIT);
      return typeof content === 'string' ? refused(content, MANIFEST_LIMIT) : { manifest: true };
    }
    if (imageTypeOf(file.path) !== null) return readImage(file);
    return isNoteFile(file.path) ? readNote(file) : { reason: W.restoreSkip.type };
  };
  return { read, isNewer: manifest?.isNewer ?? false };
}

const refused = (flaw: Flaw, limit: number): ReadFile => ({
  reason: flaw === 'large' ? W.restoreSkip.large(bytes(limit)) : W.restoreSkip[flaw],
});

/** A note of a backup from before there were manifests. */
function readMarked(content: Uint8Array, now: number): BackedUpNote | null {
  try {
    return readBackedUpNote(new TextDecoder('utf-8', { fatal: true }).decode(content), now);
  } catch {
    return null;
  }
}
