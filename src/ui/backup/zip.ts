import { FindlingError } from '../../errors.ts';

export interface ZipFile {
  path: string;
  content: string | Uint8Array;
}

/** Pieces are handed to the browser in lumps of this size, which it may keep on disk. */
const LUMP_BYTES = 4 * 1024 * 1024;
/** Files between two pauses for the page. */
const STRETCH_FILES = 50;

/** Packs files as they come; never holds them all. Ends early, rejecting, when `signal` aborts. */
export async function zipped(
  files: AsyncIterable<ZipFile> | Iterable<ZipFile>,
  signal?: AbortSignal,
): Promise<Blob> {
  const { strToU8, Zip, ZipDeflate } = await import('fflate');
  const lumps: Blob[] = [];
  let pieces: BlobPart[] = [];
  let waiting = 0;
  let failure: Error | null = null;
  const zip = new Zip((error, piece) => {
    if (error) failure = error;
    // Its own buffer: the library's may be used again.
    else pieces.push(piece.slice());
    waiting += piece?.length ?? 0;
    if (waiting < LUMP_BYTES) return;
    lumps.push(new Blob(pieces));
    pieces = [];
    waiting = 0;
  });
  let count = 0;
  for await (const { path, content } of files) {
    if (signal?.aborted) throw new FindlingError('cancelled');
    const file = new ZipDeflate(path, { level: 6 });
    zip.add(file);
    file.push(typeof content === 'string' ? strToU8(content) : content, true);
    if (failure) throw failure;
    if (++count % STRETCH_FILES === 0) await new Promise((go) => setTimeout(go));
  }
  zip.end();
  if (failure) throw failure;
  return new Blob([...lumps, ...pieces], { type: 'application/zip' });
}

/** Bytes of the archive read at a time. */
const READ_BYTES = 256 * 1024;

/** What `unzipped` does with a file: its limit in bytes, or null to leave it out. */
export type Wanted = (path: string) => number | null;

export interface UnzippedFile {
  path: string;
  /** null: larger than its limit. */
  content: Uint8Array | null;
}

/**
 * Unpacks a .zip piece by piece; a file is never held beyond its limit, whatever the archive says of
 * its size.
 * @param onRead told how much of the archive was read by now
 * @throws FindlingError `not-a-backup` when it is no .zip, or ends before its end
 */
export async function* unzipped(
  archive: Blob,
  wanted: Wanted,
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<UnzippedFile> {
  const { Unzip, UnzipInflate } = await import('fflate');
  let ready: UnzippedFile[] = [];
  let open = 0;
  let seen = 0;
  let failed = false;
  const unzip = new Unzip((file) => {
    seen++;
    const limit = wanted(file.name);
    if (limit === null) return;
    let parts: Uint8Array[] = [];
    let size = 0;
    let tooLarge = false;
    open++;
    file.ondata = (error, part, last) => {
      if (error) {
        failed = true;
        return;
      }
      if (tooLarge) return;
      size += part.length;
      parts.push(part.slice());
      if (size > limit) {
        tooLarge = true;
        parts = [];
        open--;
        ready.push({ path: file.name, content: null });
        file.terminate();
      } else if (last) {
        open--;
        ready.push({ path: file.name, content: joined(parts, size) });
      }
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < archive.size && !failed; at += READ_BYTES) {
    const piece = new Uint8Array(await archive.slice(at, at + READ_BYTES).arrayBuffer());
    try {
      unzip.push(piece, at + READ_BYTES >= archive.size);
    } catch {
      failed = true;
    }
    onRead(Math.min(archive.size, at + READ_BYTES));
    const files = ready;
    ready = [];
    yield* files;
  }
  if (failed || seen === 0 || open > 0 || !(await hasEnd(archive))) {
    throw new FindlingError('not-a-backup');
  }
}

/** The longest comment that may follow an archive's closing record, and the record itself, bytes. */
const END_BYTES = 65_535 + 22;

/** Whether the closing record is there: an archive cut off between two files lacks only that. */
async function hasEnd(archive: Blob): Promise<boolean> {
  const last = new Uint8Array(
    await archive.slice(Math.max(0, archive.size - END_BYTES)).arrayBuffer(),
  );
  for (let at = last.length - 22; at >= 0; at--) {
    if (last[at] === 0x50 && last[at + 1] === 0x4b && last[at + 2] === 5 && last[at + 3] === 6) {
      return true;
    }
  }
  return false;
}

function joined(parts: Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
