/** What the files of a backup are, by its manifest. */
import { isWide } from '../../encodings.ts';
import { frontMatterRange } from '../../markdown/front-matter-range.ts';
import type { BackedUpNote, NoteMeta, Notes } from '../../storage/notes/index.ts';
import type { Archive } from '../archive/unzip.ts';
import { decodeAs, decodeText } from '../import/decode.ts';
import { noteOf } from '../import/read-file.ts';
import { freePath } from './backup.ts';
import { undone } from './edits.ts';
import {
  type FileRow,
  MANIFEST,
  MANIFEST_COPY,
  type Manifest,
  markOf,
  type NoteRow,
  readManifest,
} from './manifest.ts';
import { withOurKeys } from './our-keys.ts';
import { withKeptImages } from './read-note.ts';

/** Largest manifest read, bytes: that of a million notes. */
export const MANIFEST_LIMIT = 1024 * 1024 * 1024;

type Bytes = Uint8Array<ArrayBuffer>;

/** Whether a file of a backup is about the others. */
export const isManifest = (path: string): boolean => path === MANIFEST || path === MANIFEST_COPY;

/** Reads both copies of a manifest, as far as they can be; null where there is none. */
export async function manifestOf(archive: Archive): Promise<Manifest | null> {
  const files = archive.files.filter(({ path }) => isManifest(path));
  if (files.length === 0) return null;
  const copies: string[] = [];
  for (const file of files) {
    const content = await archive.read(file, MANIFEST_LIMIT);
    const some =
      typeof content === 'string'
        ? await archive.read(file, MANIFEST_LIMIT, { unchecked: true })
        : content;
    if (typeof some !== 'string') copies.push(new TextDecoder().decode(some));
  }
  return readManifest(copies);
}

/** What the manifest knows of the files, each row once. */
export class KnownRows {
  readonly #notes = new Map<string, NoteRow>();
  readonly #images = new Map<string, FileRow>();
  /** Rows whose file is not at its place, by its hash: a name may be damaged. */
  readonly #missing = new Map<string, NoteRow>();

  constructor(manifest: Manifest, archive: Archive) {
    const paths = new Set(archive.files.map(({ path }) => path));
    for (const row of manifest.images) this.#images.set(row.at, row);
    for (const row of manifest.notes) {
      this.#notes.set(row.at, row);
      if (!paths.has(row.at)) this.#missing.set(row.hash, row);
    }
  }

  image(path: string): FileRow | undefined {
    return this.#images.get(path);
  }

  /** The row of a note's file: by its path, else by what it holds. */
  note(path: string, hash: string): NoteRow | undefined {
    const row = this.#notes.get(path) ?? this.#missing.get(hash);
    if (row) this.#missing.delete(row.hash);
    return row;
  }
}

/**
 * The note of a file, by its row. A file that was changed since is read as any other, and keeps what
 * the row says of the note.
 * @param time when the file was last changed, epoch ms, where that is known
 * @returns null where the file is no text
 */
export async function noteByRow(
  row: NoteRow,
  content: Bytes,
  hash: string,
  time?: number,
): Promise<BackedUpNote | null> {
  const { at, hash: _, mark, written, steps = [], ...note } = row;
  if (hash === row.hash) {
    const isOriginal = row.file?.kept === true && !written;
    const { encoding } = row.file ?? {};
    const isOld = encoding !== undefined && !isWide(encoding);
    // What was guessed then holds.
    const guess = isOld ? () => ({ encoding, sure: 100 }) : undefined;
    const read = isOriginal ? decodeText(content, guess) : null;
    const whole = isOriginal
      ? read?.ok
        ? read.text
        : null
      : decodeAs(content, written ?? row.file ?? {});
    const text = whole === null ? null : steps.reduceRight(undoStep, whole);
    if (text !== null && markOf(text) === mark) {
      return { ...note, text, ...(isOriginal && { original: content.buffer }) };
    }
  }
  const made = await noteOf(at, content, time ?? row.modified);
  if (!made.ok) return null;
  const { file } = made;
  const { unchanged: ___, ...rest } = note;
  return {
    ...rest,
    text: withKeptImages(file.text),
    tags: [...new Set([...file.tags, ...(note.givenTags ?? note.tags)])],
    modified: Math.max(row.modified, time ?? row.modified),
    file: file.file,
    ...(file.original && { original: file.original }),
  };
}

const undoStep = (text: string, step: NonNullable<NoteRow['steps']>[number]): string =>
  undone(text, step);

/** Finds notes of files whose rows are lost: by path, then by text; each note here once. */
export class LostRows {
  readonly #notes: Pick<Notes, 'get'>;
  readonly #byPath = new Map<string, NoteMeta>();
  readonly #bySize = new Map<number, NoteMeta[]>();
  readonly #given = new Set<string>();

  constructor(notes: Pick<Notes, 'get'>, here: readonly NoteMeta[]) {
    this.#notes = notes;
    const taken = new Set<string>();
    for (const note of here) {
      for (const path of [note.path, note.importPath, freePath(note, taken)]) {
        if (path && !this.#byPath.has(path)) this.#byPath.set(path, note);
      }
      const same = this.#bySize.get(note.size);
      if (same) same.push(note);
      else this.#bySize.set(note.size, [note]);
    }
  }

  /**
   * The note that a file makes; of one that is here all but the text stays as it is here.
   * @param now for what the file does not say, epoch ms
   * @returns null where the file is no text
   */
  async note(
    path: string,
    content: Bytes,
    now: number,
    newId: () => string,
  ): Promise<BackedUpNote | null> {
    const made = await noteOf(path, content, now);
    if (!made.ok) return null;
    const { file } = made;
    const text = withKeptImages(file.text);
    const found = await this.#find(path, text);
    if (found) {
      const { here, stored } = found;
      this.#given.add(here.id);
      const { id, title, tags, givenTags, pinned, created, modified } = here;
      return {
        // The file may have keys that say what was set here: the note is the same.
        ...{ id, path: here.path, title, text: isFileOf(here, stored, text, path) ? stored : text },
        ...{ tags, pinned, created, modified },
        ...(givenTags && { givenTags }),
      };
    }
    return {
      ...{ id: newId(), path, title: file.title, text, tags: file.tags },
      pinned: file.pinned ?? false,
      created: file.created ?? file.modified ?? now,
      modified: file.modified ?? now,
      file: file.file,
      ...(file.original && { original: file.original }),
    };
  }

  async #find(path: string, text: string): Promise<{ here: NoteMeta; stored: string } | undefined> {
    const near = this.#byPath.get(path);
    const sizes = new Set([text.length, text.length - (frontMatterRange(text)?.end ?? -1) - 1]);
    const alike = [...sizes].flatMap((size) => this.#bySize.get(size) ?? []);
    for (const here of near ? [near, ...alike] : alike) {
      if (this.#given.has(here.id)) continue;
      const stored = (await this.#notes.get(here.id))?.text;
      if (stored === undefined) continue;
      if (here === near || isFileOf(here, stored, text, path)) return { here, stored };
    }
    return undefined;
  }
}

/** Whether a file's text is a note's, but for keys that say what was set here. */
const isFileOf = (note: NoteMeta, stored: string, text: string, path: string): boolean =>
  stored === text || withOurKeys(note, stored, path).text === text;
