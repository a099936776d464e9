import { isCode } from '../../errors.ts';
import { sha256 } from '../../sha256.ts';
import type { ImportedFile, Notes } from '../../storage/notes/index.ts';
import { errorText } from '../errors-text.ts';
import { bytes } from '../format.ts';
import { S } from '../strings.ts';
import { decodeText } from './decode.ts';
import { decide } from './plan.ts';
import { titleOf } from './title.ts';

/** A file to import, and where it lay. */
export interface Source {
  path: string;
  file: File;
}

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
  cancelled: boolean;
  /** Why it had to stop, as a sentence. */
  stopped: string | null;
}

export interface ImporterDeps {
  notes: Pick<Notes, 'import'>;
  announce(ids: string[], options: { urgent: boolean }): void;
  now(): number;
  onProgress?(progress: ImportProgress): void;
  /** Lets the page breathe between files. */
  pause?(): Promise<void>;
  signal?: AbortSignal;
}

export const MAX_FILE_BYTES = 10 * 1024 * 1024;
export const MAX_PATH_BYTES = 4096;
const READERS = 4;
const BATCH_FILES = 16;
const BATCH_UNITS = 2 * 1024 * 1024;
/** Work in one stretch before the page gets its turn, ms. */
const STRETCH_MS = 12;
const EXTENSION = /\.(?:md|markdown|txt)$/i;

/** `notes/a.md` → `notes/a (2).md`. */
export function numbered(path: string, count: number): string {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/')
    ? `${path.slice(0, dot)} (${count})${path.slice(dot)}`
    : `${path} (${count})`;
}

/** Gives every file a path of its own, in the order they come. */
function pathGiver(): (path: string) => string {
  const taken = new Set<string>();
  return (path) => {
    let own = path;
    for (let count = 2; taken.has(own); count++) own = numbered(path, count);
    taken.add(own);
    return own;
  };
}

/** Why a file is not even opened. */
function refusal({ path, file }: Source): string | null {
  if (!EXTENSION.test(path)) {
    return S.skip.type(/[^/]\.([^./\s]{1,16})$/.exec(path)?.[0].slice(1).toLowerCase() ?? '');
  }
  if (new TextEncoder().encode(path).length > MAX_PATH_BYTES) return S.skip.path;
  if (file.size > MAX_FILE_BYTES) return S.skip.large(bytes(file.size), bytes(MAX_FILE_BYTES));
  return null;
}

type Read = { ok: true; file: ImportedFile; remark?: string } | { ok: false; reason: string };

async function read(path: string, file: File): Promise<Read> {
  let content: Uint8Array;
  try {
    content = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { ok: false, reason: S.skip.unreadable };
  }
  const decoded = decodeText(content);
  if (!decoded.ok) return decoded;
  const { text } = decoded;
  // The YAML parser is fetched only for a file that may need it.
  const front = text.startsWith('---')
    ? (await import('./front-matter.ts')).parseFrontMatter(text)
    : undefined;
  const { title, tags = [], pinned, created, modified } = front?.data ?? {};
  return {
    ok: true,
    remark: [decoded.note, front?.problem].filter(Boolean).join('. ') || undefined,
    file: {
      path,
      title: titleOf(title, text, path),
      text,
      hash: await sha256(text),
      tags,
      pinned,
      created,
      modified: modified ?? file.lastModified,
    },
  };
}

/**
 * Imports files a few at a time: what is read is written before much more is read, so that
 * thousands never sit in memory at once. Never rejects; what was written stays, however it ends.
 */
export async function importFiles(sources: Source[], deps: ImporterDeps): Promise<ImportResult> {
  const { notes, announce, now, onProgress, pause = () => Promise.resolve(), signal } = deps;
  const result: ImportResult = {
    imported: 0,
    skipped: [],
    remarks: [],
    cancelled: false,
    stopped: null,
  };
  const ownPath = pathGiver();
  /** Several are read at a time; what is told of them comes in the order they were given. */
  const order = new Map<string, number>();
  let done = 0;
  let next = 0;
  let batch: { file: ImportedFile; remark?: string }[] = [];
  let units = 0;
  /** Read and not written yet, the batch being filled included. */
  const held = { files: 0, units: 0 };
  let writing: Promise<void> = Promise.resolve();
  let stretchBegan = now();

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
    skip(path, result.stopped === null ? S.skip.cancelled : S.skip.stopped);
  };
  const breathe = async () => {
    if (now() - stretchBegan < STRETCH_MS) return;
    report();
    await pause();
    stretchBegan = now();
  };

  async function write(files: typeof batch): Promise<void> {
    await store(files);
    held.files -= files.length;
    for (const { file } of files) held.units -= file.text.length;
  }

  async function store(files: typeof batch): Promise<void> {
    // A cancelled import keeps what is written, and writes no more.
    if (over()) {
      for (const { file } of files) giveUp(file.path);
      return;
    }
    try {
      const outcomes = await notes.import(
        files.map(({ file }) => file),
        decide,
      );
      const touched: string[] = [];
      for (const [i, { path, decision, id }] of outcomes.entries()) {
        if (decision === 'create' || decision === 'update') {
          result.imported++;
          done++;
          touched.push(id);
          const remark = files[i]?.remark;
          if (remark) result.remarks.push({ path, reason: remark });
        } else {
          skip(path, S.skip[decision]);
          if (decision === 'conflict') touched.push(id);
        }
      }
      if (touched.length > 0) announce(touched, { urgent: true });
    } catch (thrown) {
      // The whole batch was rolled back; more of the same would be too.
      result.stopped ??= errorText(thrown);
      if (!isCode(thrown, 'storage-full')) console.error(thrown);
      for (const { file } of files) skip(file.path, S.skip.stopped);
    }
    report();
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

  async function reader(): Promise<void> {
    while (next < sources.length) {
      // At most one batch is written while the next is filled.
      while (held.files >= 2 * BATCH_FILES || held.units >= 2 * BATCH_UNITS) await writing;
      if (over() || next >= sources.length) return;
      const source = sources[next++]!;
      order.set(source.path, order.get(source.path) ?? next);
      const reason = refusal(source);
      if (reason) {
        skip(source.path, reason);
        await breathe();
        continue;
      }
      const path = ownPath(source.path);
      order.set(path, next);
      const one = await read(path, source.file).catch((): Read => {
        return { ok: false, reason: S.skip.unreadable };
      });
      if (one.ok) {
        batch.push(one);
        units += one.file.text.length;
        held.files++;
        held.units += one.file.text.length;
        if (batch.length >= BATCH_FILES || units >= BATCH_UNITS) void flush();
      } else {
        skip(path, one.reason);
      }
      await breathe();
    }
  }

  report();
  await Promise.all(Array.from({ length: READERS }, reader));
  await flush();
  result.skipped.sort((a, b) => (order.get(a.path) ?? 0) - (order.get(b.path) ?? 0));
  for (; next < sources.length; next++) giveUp(sources[next]!.path);
  report();
  return result;
}
