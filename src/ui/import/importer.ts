import { isCode, toFindlingError } from '../../errors.ts';
import { imageTypeOf } from '../../image-files.ts';
import { isNoteFile } from '../../note-files.ts';
import type { ImportedFile, NoteMeta, Notes } from '../../storage/notes/index.ts';
import type { ReadApart } from '../../storage/notes/links-apart.ts';
import { errorText } from '../core/errors-text.ts';
import { bytes } from '../core/format.ts';
import { IMAGE_LIMIT } from '../core/images.ts';
import { shown } from '../core/strings.ts';
import { acceptedCopies } from './accepted-copies.ts';
import { formerNotes } from './former-notes.ts';
import { pickedImages } from './images.ts';
import { knownFiles } from './known-files.ts';
import { countLeftOut, type LeftOut, leftOutIn, placeholderOf } from './left-out.ts';
import { decide } from './plan.ts';
import { type ReadFile, readNoteFile } from './read-file.ts';
import { MOVED, SKIP } from './skip-words.ts';
import type { Source } from './source.ts';

export interface Skipped {
  path: string;
  reason: string;
}

export interface ImportProgress {
  done: number;
  total: number;
  imported: number;
  skipped: number;
}

export interface ImportResult {
  imported: number;
  skipped: Skipped[];
  /** Imported, but something was guessed. */
  remarks: Skipped[];
  /** Images that were taken in with the notes that show them. */
  images: number;
  /** What apps and systems keep for themselves in a folder: neither imported nor skipped. */
  leftOut: LeftOut;
  cancelled: boolean;
  /** Why it had to stop, as a sentence. */
  stopped: string | null;
}

export interface ImporterDeps {
  notes: Pick<Notes, 'import'> & Partial<Pick<Notes, 'list' | 'files' | 'get'>>;
  announce(ids: string[]): void;
  now(): number;
  onProgress?(progress: ImportProgress): void;
  /** Yields to the page between files. */
  pause?(): Promise<void>;
  /** Settles when the import may continue: asked before each file and each batch. */
  mayContinue?(): Promise<void>;
  /**
   * Without it images are skipped. Gives the attachment's id, null for one that is not kept.
   * @param path which names it from now on
   */
  keepImage?(file: File, type: string, path: string): Promise<string | null>;
  /** Files are read though path, size and time are as they were. */
  checkAll?: boolean;
  /** What a text links to and says of its note, read beside the page; undefined where it is not. */
  linksOf?(text: string): Promise<ReadApart | undefined>;
  signal?: AbortSignal;
}

/** Largest file imported, bytes. */
const MAX_FILE_BYTES = 10 * 1024 * 1024;
/** Longest path, bytes of UTF-8. */
const MAX_PATH_BYTES = 4096;
/** Files read at once. */
const READERS = 4;
/** Files written in one transaction at most … */
const BATCH_FILES = 16;
/** … and their texts together, UTF-16 units. */
const BATCH_UNITS = 2 * 1024 * 1024;
/** Time budget: work at a time before the page is yielded to, ms. Under a frame of 16.7 ms. */
const TIME_BUDGET_MS = 12;

/** `notes/a.md` → `notes/a (2).md`. */
export function numbered(path: string, count: number): string {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/')
    ? `${path.slice(0, dot)} (${count})${path.slice(dot)}`
    : `${path} (${count})`;
}

/** Gives every file a path of its own, in the order they come. */
export function pathGiver(): (path: string) => string {
  const taken = new Set<string>();
  return (path) => {
    let own = path;
    for (let count = 2; taken.has(own); count++) own = numbered(path, count);
    taken.add(own);
    return own;
  };
}

/** Reads a text's tags; asked inside a transaction, which waits for no code, of notes before schema 7. */
async function tagReader(stored: readonly NoteMeta[]) {
  if (!stored.some(({ hashKind, importHash }) => importHash && hashKind !== 'bytes')) return;
  const { parseFrontMatter } = await import('./front-matter.ts');
  return (text: string) => parseFrontMatter(text).data.tags;
}

/** Why a file is not even opened. */
function refusal({ path, file, unread }: Source): string | null {
  if (unread) return unread === 'file' ? SKIP.unreadable : SKIP.unreadableFolder;
  const awaited = placeholderOf(path);
  if (awaited !== null) return SKIP.placeholder;
  if (!isNoteFile(path)) {
    return SKIP.type(/[^/]\.([^./\s]{1,16})$/.exec(path)?.[0].slice(1).toLowerCase() ?? '');
  }
  if (new TextEncoder().encode(path).length > MAX_PATH_BYTES) return SKIP.path;
  if (file.size > MAX_FILE_BYTES) return SKIP.large(bytes(file.size), bytes(MAX_FILE_BYTES));
  return null;
}

/** Storage that is full, or cannot be reached: the next file would fail, too. */
const isLasting = (thrown: unknown): boolean => /^storage-/.test(toFindlingError(thrown).code);

const imageRefusal = ({ file }: Source): string =>
  file.size > IMAGE_LIMIT ? SKIP.large(bytes(file.size), bytes(IMAGE_LIMIT)) : SKIP.image;

/**
 * Imports files a few at a time: what is read is written before much more is read, so that
 * thousands never sit in memory at once. Never rejects; what was written stays, however it ends.
 */
export async function importFiles(picked: Source[], deps: ImporterDeps): Promise<ImportResult> {
  const { notes, announce, now, onProgress, keepImage, checkAll = false, signal } = deps;
  const { pause = () => Promise.resolve(), mayContinue = () => Promise.resolve() } = deps;
  const result: ImportResult = {
    imported: 0,
    skipped: [],
    remarks: [],
    images: 0,
    leftOut: [],
    cancelled: false,
    stopped: null,
  };
  const ownPath = pathGiver();
  // An image in such a folder may be shown by a note outside.
  const isImage = ({ path, unread }: Source) =>
    keepImage !== undefined && !unread && imageTypeOf(path) !== null;
  const isLeft = ({ path }: Source) => leftOutIn(path) !== null && !placeholderOf(path);
  const sources = picked.filter((source) => !isLeft(source) || isImage(source));
  const stored: readonly NoteMeta[] = (await notes.list?.()) ?? [];
  const known = checkAll ? () => undefined : knownFiles(stored);
  const images = keepImage
    ? pickedImages(sources, { keep: keepImage, known: (await notes.files?.()) ?? [], checkAll })
    : null;
  /** Texts of notes that are not read again may show what is new. */
  const looksForNew = images?.hasNew() ?? false;
  const files = images ? sources.filter((source) => !images.isOne(source)) : sources;
  const places = new Map(sources.map((source, i) => [source, i]));
  /** Several are read at a time; what is told of them comes in the order they were given. */
  const order = new Map<string, number>();
  let done = 0;
  let next = 0;
  let batch: { file: ImportedFile; remark?: string }[] = [];
  let units = 0;
  /** Read and not written yet, the batch being filled included. */
  const held = { files: 0, units: 0 };
  let writing: Promise<void> = Promise.resolve();
  let budgetBegan = now();

  const over = () => result.stopped !== null || signal?.aborted === true;
  const report = () =>
    onProgress?.({
      done,
      total: sources.length,
      imported: result.imported,
      skipped: result.skipped.length,
    });
  const skip = (path: string, reason: string) => {
    result.skipped.push({ path, reason });
    done++;
  };
  const giveUp = (path: string) => {
    if (result.stopped === null) result.cancelled = true;
    skip(path, result.stopped === null ? SKIP.cancelled : SKIP.stopped);
  };
  const yieldIfDue = async () => {
    if (now() - budgetBegan < TIME_BUDGET_MS) return;
    report();
    await pause();
    budgetBegan = now();
  };

  async function write(files: typeof batch): Promise<void> {
    await store(files);
    held.files -= files.length;
    for (const { file } of files) held.units -= file.text.length;
  }

  async function store(files: typeof batch): Promise<void> {
    await mayContinue();
    // A cancelled import keeps what is written, and writes no more.
    if (over()) {
      for (const { file } of files) giveUp(file.path);
      return;
    }
    try {
      await storeBatch(files);
    } catch (thrown) {
      // The whole batch was rolled back. Full or lost storage would refuse the rest, too; of anything
      // else one file may be the cause, and the others are not lost with it.
      if (isLasting(thrown)) giveUpAll(files, thrown);
      else await storeEach(files);
    }
    report();
  }

  async function storeBatch(files: typeof batch): Promise<void> {
    const outcomes = await notes.import(
      files.map(({ file }) => file),
      decide,
      tagsIn,
    );
    const touched: string[] = [];
    for (const [i, { path, decision, id, readdressed }] of outcomes.entries()) {
      if (decision === 'create' || decision === 'update' || decision === 'moved') {
        result.imported++;
        done++;
        touched.push(id);
        const remark = decision === 'moved' ? MOVED : files[i]?.remark;
        if (remark) result.remarks.push({ path, reason: remark });
      } else {
        skip(path, SKIP[decision]);
        if (decision === 'conflict' || readdressed) touched.push(id);
      }
    }
    if (touched.length > 0) announce(touched);
  }

  async function storeEach(files: typeof batch): Promise<void> {
    for (const [i, one] of files.entries()) {
      try {
        await storeBatch([one]);
      } catch (thrown) {
        if (isLasting(thrown)) {
          giveUpAll(files.slice(i), thrown);
          return;
        }
        console.error(thrown);
        skip(one.file.path, SKIP.failed);
      }
    }
  }

  function giveUpAll(files: typeof batch, thrown: unknown): void {
    result.stopped ??= errorText(thrown);
    for (const { file } of files) skip(file.path, SKIP.stopped);
  }

  /** Settles when this batch, and all before it, are written. */
  function flush(): Promise<void> {
    if (batch.length === 0) return writing;
    const files = batch;
    batch = [];
    units = 0;
    writing = writing.then(() => write(files));
    return writing;
  }

  function imageFailed(thrown: unknown): void {
    if (isLasting(thrown)) result.stopped ??= errorText(toFindlingError(thrown));
  }

  /** A file that is known is not read; what its note shows may be new here. */
  async function leave(path: string, id: string): Promise<void> {
    if (looksForNew) {
      const note = await notes.get?.(id);
      if (note) await images?.takeIn(note.text, path).catch(imageFailed);
    }
    skip(path, SKIP.unchanged);
  }

  async function reader(): Promise<void> {
    while (next < files.length) {
      // At most one batch is written while the next is filled.
      while (held.files >= 2 * BATCH_FILES || held.units >= 2 * BATCH_UNITS) await writing;
      await mayContinue();
      if (over() || next >= files.length) return;
      const source = files[next++]!;
      const place = places.get(source) ?? 0;
      order.set(source.path, order.get(source.path) ?? place);
      const reason = refusal(source);
      if (reason) {
        skip(source.path, reason);
        await yieldIfDue();
        continue;
      }
      const path = ownPath(source.path);
      order.set(path, place);
      const same = known(path, source.file);
      if (same) {
        await leave(path, same);
        await yieldIfDue();
        continue;
      }
      const one = await readNoteFile(path, source.file, images).catch((thrown): ReadFile => {
        const full = isCode(toFindlingError(thrown), 'storage-full');
        if (full) result.stopped ??= errorText(toFindlingError(thrown));
        return { ok: false, reason: full ? SKIP.stopped : SKIP.unreadable };
      });
      const keeper = one.ok ? accepted(one.file) : undefined;
      if (keeper !== undefined) skip(path, SKIP.copy(shown(keeper)));
      else if (one.ok) {
        const apart = await deps.linksOf?.(one.file.text);
        if (apart) Object.assign(one.file, apart);
        one.file.former = former(path, one.file);
        batch.push(one);
        units += one.file.text.length;
        held.files++;
        held.units += one.file.text.length;
        if (batch.length >= BATCH_FILES || units >= BATCH_UNITS) void flush();
      } else {
        skip(path, one.reason);
      }
      await yieldIfDue();
    }
  }

  report();
  const accepted = acceptedCopies(stored);
  const former = formerNotes(stored, new Set(files.map(({ path }) => path)));
  const tagsIn = await tagReader(stored);
  await Promise.all(Array.from({ length: READERS }, reader));
  await flush();
  if (!over()) await images?.refresh().catch(imageFailed);
  for (const source of sources.filter((one) => images?.isOne(one))) {
    order.set(source.path, places.get(source) ?? 0);
    if (images?.wasKept(source.path)) done++;
    else if (isLeft(source)) done++;
    else if (over()) giveUp(source.path);
    else skip(source.path, imageRefusal(source));
  }
  result.images = images?.count() ?? 0;
  const left = picked.filter((one) => isLeft(one) && !images?.wasKept(one.path));
  result.leftOut = countLeftOut(left.map(({ path }) => leftOutIn(path)!));
  result.skipped.sort((a, b) => (order.get(a.path) ?? 0) - (order.get(b.path) ?? 0));
  for (; next < files.length; next++) giveUp(files[next]!.path);
  report();
  return result;
}
