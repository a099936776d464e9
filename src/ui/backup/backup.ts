import { FindlingError } from '../../errors.ts';
import { endingOf } from '../../image-files.ts';
import { isNoteFile, NOTE_EXTENSIONS } from '../../note-files.ts';
import { sha256 } from '../../sha256.ts';
import type { KeptFile, NoteMeta } from '../../storage/notes/index.ts';
import { attachmentIdsIn } from '../../storage/notes/shown-among.ts';
import { type ZipFile, zipped } from '../archive/zip.ts';
import type { AppContext } from '../core/context.ts';
import { fileName } from '../core/file-name.ts';
import {
  type FileRow,
  MANIFEST,
  MANIFEST_COPY,
  markOf,
  type NoteRow,
  writeManifest,
} from './manifest.ts';
import { type NoteFile, type NoteParts, noteFile } from './note-file.ts';

export interface Progress {
  done: number;
  total: number;
}

export interface Backup {
  archive: Blob;
  notes: number;
  /** Paths of files that are written in another encoding than they had. */
  others: string[];
}

/** Bytes of files held until the browser may put them on disk. */
const LUMP_BYTES = 4 * 1024 * 1024;

/**
 * Every note of this workspace as its file in its folder, the images that were imported or are shown,
 * and what else is known of them (`manifest.ts`), as one .zip. `restoreBackup` reads it back; so does
 * any program that reads Markdown.
 * @throws FindlingError `cancelled`
 */
export async function exportBackup(
  ctx: AppContext,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<Backup> {
  const all = await ctx.notes.list();
  if (all.length === 0) throw new FindlingError('nothing-to-back-up');
  const taken = new Set<string>([MANIFEST, MANIFEST_COPY]);
  const images = new ImagePlaces(ctx);
  const rows: NoteRow[] = [];
  const others: string[] = [];
  const files = new Lumps();
  for (const [done, { id }] of all.entries()) {
    if (signal.aborted) throw new FindlingError('cancelled');
    onProgress({ done, total: all.length });
    // As it is now, should it have changed since the list was read.
    const parts = await readParts(ctx, id);
    if (!parts) continue;
    for (const one of [parts, ...(await copiesOf(ctx, parts.meta))]) {
      const at = freePath(one.meta, taken);
      const file = await images.write(one, at);
      if (file.other) others.push(at);
      files.add(at, file.bytes);
      const row = rowOf(one, at, await sha256(file.bytes), file);
      rows.push(one === parts ? row : { ...row, copyOf: id });
    }
  }
  const shown = images.rows(taken, await ctx.notes.files());
  // As bytes it is not compressed: damage in it costs one row.
  const manifest = new TextEncoder().encode(writeManifest(rows, shown));
  async function* entries(): AsyncGenerator<ZipFile> {
    yield { path: MANIFEST, content: manifest };
    yield* files.entries();
    yield* images.entries(shown);
    yield { path: MANIFEST_COPY, content: manifest };
  }
  const total = rows.filter(({ copyOf }) => copyOf === undefined).length;
  return { archive: await zipped(entries(), signal), notes: total, others };
}

/** A note with its file as it came; undefined for one that is gone. */
export async function readParts({ notes }: AppContext, id: string): Promise<NoteParts | undefined> {
  const note = await notes.get(id);
  if (!note?.meta.file?.kept) return note;
  return { ...note, original: await notes.original(id) };
}

/** Conflict copies that a note keeps as versions, each as the note that it was. */
export async function copiesOf(
  { notes }: Pick<AppContext, 'notes'>,
  { id, copies = [] }: NoteMeta,
): Promise<NoteParts[]> {
  if (copies.length === 0) return [];
  const parts: NoteParts[] = [];
  for (const { copy, text, original } of await notes.versions(id)) {
    // One that was brought back from the trash is a note of its own.
    if (!copy || (await notes.metas([copy.id]))[0]) continue;
    parts.push({ meta: copy, text, ...(original && { original }) });
  }
  return parts;
}

function rowOf({ meta, text }: NoteParts, at: string, hash: string, file: NoteFile): NoteRow {
  const { id, path, title, tags, givenTags, aliases, formerTitles, pinned } = meta;
  const { created, modified, metaChanged, importHash, hashKind, importPath } = meta;
  return {
    ...{ at, hash, mark: markOf(text), id, path, title, tags, givenTags, aliases, formerTitles },
    ...{ pinned, created, modified, metaChanged },
    ...(importHash !== undefined && {
      ...{ importHash, hashKind, importPath: importPath ?? path },
      ...(meta.importedRevision === meta.revision && { unchanged: true }),
    }),
    file: meta.file,
    ...(file.facts !== meta.file && { written: file.facts }),
    ...(file.steps.length > 0 && { steps: file.steps }),
  };
}

/** Files that are held as blobs until they are packed. */
class Lumps {
  readonly #done: { blob: Blob; files: { path: string; bytes: number }[] }[] = [];
  #parts: BlobPart[] = [];
  #files: { path: string; bytes: number }[] = [];
  #waiting = 0;

  add(path: string, content: Uint8Array<ArrayBuffer>): void {
    this.#parts.push(content);
    this.#files.push({ path, bytes: content.length });
    this.#waiting += content.length;
    if (this.#waiting >= LUMP_BYTES) this.#close();
  }

  #close(): void {
    this.#done.push({ blob: new Blob(this.#parts), files: this.#files });
    this.#parts = [];
    this.#files = [];
    this.#waiting = 0;
  }

  async *entries(): AsyncGenerator<ZipFile> {
    this.#close();
    for (const { blob, files } of this.#done) {
      const all = new Uint8Array(await blob.arrayBuffer());
      let at = 0;
      for (const { path, bytes } of files) {
        yield { path, content: all.subarray(at, at + bytes), isPacked: true };
        at += bytes;
      }
    }
  }
}

/** Where the images of an archive lie: those that were pasted in a folder of their own. */
export class ImagePlaces {
  readonly #ctx: AppContext;
  /** Paths of pasted ones that a note shows, by id; null for one that is not here. */
  readonly #pasted = new Map<string, FileRow | null>();

  constructor(ctx: AppContext) {
    this.#ctx = ctx;
  }

  /** A note's file; it points to the images that were pasted into it. */
  async write(parts: NoteParts, path: string): Promise<NoteFile> {
    for (const id of attachmentIdsIn(parts.text)) await this.#look(id);
    const up = '../'.repeat(path.split('/').length - 1);
    return noteFile(parts, path, (id) => {
      const at = this.#pasted.get(id)?.at;
      return at === undefined ? null : `${up}${at}`;
    });
  }

  async #look(id: string): Promise<void> {
    if (this.#pasted.has(id)) return;
    const kept = await this.#ctx.notes.attachment(id);
    const ending = kept && endingOf(kept.type);
    const at = `attachments/${id}.${ending}`;
    this.#pasted.set(id, ending ? { at, attachment: id, type: kept.type } : null);
  }

  /** Pasted images that the written notes show. */
  pasted(): FileRow[] {
    return [...this.#pasted.values()].filter((row) => row !== null);
  }

  /** These, and files that were imported, each under its own path. */
  rows(taken: Set<string>, files: readonly KeptFile[]): FileRow[] {
    const rows = this.pasted();
    for (const { at } of rows) taken.add(at.toLowerCase());
    for (const { path, attachment, type, time } of files) {
      const at = free(inside(path) || `${attachment}.${endingOf(type)}`, taken);
      rows.push({ at, attachment, type, path, ...(time !== undefined && { time }) });
    }
    return rows;
  }

  /** Their files, one at a time. */
  async *entries(rows: readonly FileRow[]): AsyncGenerator<ZipFile> {
    for (const { at, attachment } of rows) {
      const kept = await this.#ctx.notes.attachment(attachment);
      if (kept) yield { path: at, content: new Uint8Array(kept.bytes) };
    }
  }
}

/** No program may be led out of the folder that it unpacks into. */
const inside = (path: string): string =>
  path
    .split(/[\\/]/)
    .filter((part) => !/^(?:\.{0,2}|[a-z]:)$/i.test(part))
    .join('/');

/** A path of its own for each note; `taken` learns it. */
export function freePath({ path, title }: NoteMeta, taken: Set<string>): string {
  const whole = inside(path) || fileName(title);
  if (isNoteFile(whole)) return free(whole, taken);
  const stem = path ? whole.replace(/\.[^./]+$/, '') || whole : whole;
  return free(`${stem}${NOTE_EXTENSIONS[0]}`, taken);
}

function free(path: string, taken: Set<string>): string {
  const ending = /\.[^./]+$/.exec(path)?.[0] ?? '';
  const stem = path.slice(0, path.length - ending.length);
  let own = path;
  for (let i = 2; taken.has(own.toLowerCase()); i++) own = `${stem} ${i}${ending}`;
  taken.add(own.toLowerCase());
  return own;
}
