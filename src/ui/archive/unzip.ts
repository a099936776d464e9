import type { FileEntry, Reader as ZipJsReader } from '@zip.js/zip.js';
import { FindlingError } from '../../errors.ts';
import { zipLibrary } from './library.ts';
import { withNewList } from './salvage.ts';
import { windowOn } from './window.ts';

/**
 * Why a file of an archive is not taken:
 * - `damaged`: its bytes, its size or its CRC-32 are not those that were packed.
 * - `large`: unpacked it would exceed its limit, or the archive that of all files together.
 * - `locked`: it is encrypted.
 * - `packing`: it is packed in a way that is not known here.
 */
export type Flaw = 'damaged' | 'large' | 'locked' | 'packing';

export interface ArchivedFile {
  path: string;
  /** Unpacked, as the archive says. */
  bytes: number;
  /** When it was last changed, epoch ms, where that is known to the second or better. */
  time?: number;
  /** Its name stands twice in the archive, and not the same both times. */
  renamed(): boolean;
}

export interface Archive {
  /** In the order in which they lie; folders are left out. */
  files: readonly ArchivedFile[];
  /**
   * False: the list of files is missing or damaged, so they were found by what stands before each.
   */
  whole: boolean;
  /**
   * Unpacks a file and checks its size and CRC-32; never holds more of it than its limit, bytes.
   * @param options.unchecked its bytes whatever they are, as far as they can be read: whoever asks
   *   checks them
   * @returns its bytes, or why it is not taken
   * @throws FindlingError `cancelled`
   */
  read(
    file: ArchivedFile,
    limit: number,
    options?: { signal?: AbortSignal; unchecked?: boolean; onRead?(bytes: number): void },
  ): Promise<Uint8Array<ArrayBuffer> | Flaw>;
}

/**
 * All files together may be unpacked to so many bytes, or to so many times the archive's own size,
 * whichever is more. Plain text packs ten to one at most; Deflate's own limit is 1,032.
 */
const TOTAL_BYTES = 1024 * 1024 * 1024;
/** The second of these: times the archive's size. */
const TOTAL_TIMES = 100;

/** @throws FindlingError `not-a-backup` when there is no file in it that could be read */
export async function openArchive(blob: Blob): Promise<Archive> {
  const listed = await entriesOf(blob).catch(() => null);
  if (listed?.sound) return archiveOf(blob, listed.entries, true);
  const repaired = await withNewList(blob);
  const found = repaired && (await entriesOf(repaired).catch(() => null));
  if (!found) throw new FindlingError('not-a-backup');
  return archiveOf(blob, found.entries, false);
}

async function entriesOf(blob: Blob): Promise<{ entries: FileEntry[]; sound: boolean }> {
  const zip = await zipLibrary();
  const read = windowOn(blob);
  class BlobWindow extends zip.Reader<Blob> {
    override async init(): Promise<void> {
      await super.init?.();
      this.size = blob.size;
    }
    override readUint8Array(from: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
      return read(from, length);
    }
  }
  const reader = new zip.ZipReader(new BlobWindow(blob) as ZipJsReader<unknown>);
  const all = await reader.getEntries({ strictness: 'balanced', filenameValidation: 'tolerant' });
  // Signs that files are missing from the list, or that it is not where it should be.
  const bad: string[] = [
    zip.WARNING_TRAILING_CENTRAL_DIRECTORY_DATA,
    zip.WARNING_MISMATCHED_CENTRAL_DIRECTORY_OFFSET,
    zip.WARNING_MISMATCHED_ZIP64_END_OF_CENTRAL_DIRECTORY,
    zip.WARNING_PREPENDED_CENTRAL_DIRECTORY,
  ];
  const sound = !reader.warnings?.some((warning) => bad.includes(warning.reason));
  const entries = all.filter(
    (entry) => !(entry.filename.endsWith('/') && entry.uncompressedSize === 0),
  );
  return { entries: entries as FileEntry[], sound };
}

function archiveOf(blob: Blob, entries: FileEntry[], whole: boolean): Archive {
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset);
  /** Files that reach into the next: never made by packing, but a way to unpack one many times. */
  const overlapping = new Set(
    inOrder.filter((entry, i) => {
      const after = inOrder[i + 1];
      return after !== undefined && entry.offset + 30 + entry.compressedSize > after.offset;
    }),
  );
  const byFile = new Map<ArchivedFile, FileEntry>();
  const files = inOrder.map((entry) => {
    const file: ArchivedFile = {
      path: entry.filename,
      bytes: entry.uncompressedSize,
      renamed: () => entry.warnings?.some((warning) => /filename/.test(warning.reason)) ?? false,
    };
    byFile.set(file, entry);
    return file;
  });
  let left = Math.max(TOTAL_BYTES, TOTAL_TIMES * blob.size);
  return {
    files,
    whole,
    async read(file, limit, { signal, unchecked = false, onRead } = {}) {
      const entry = byFile.get(file)!;
      if (entry.encrypted) return 'locked';
      if (overlapping.has(entry)) return 'damaged';
      if (file.bytes > Math.min(limit, left)) return 'large';
      left -= file.bytes;
      const whole = new Uint8Array(file.bytes);
      let size = 0;
      const out = new WritableStream<Uint8Array>({
        write(part) {
          if (size + part.length > whole.length) throw new Error('more than was said');
          whole.set(part, size);
          size += part.length;
          onRead?.(part.length);
        },
      });
      try {
        await entry.getData(out, {
          checkCrc32: !unchecked,
          signal,
          // Told of, not refused: what a file holds is checked by the list's own numbers.
          checkLocalFilename: true,
          checkLocalDirectory: false,
        });
      } catch (thrown) {
        if (signal?.aborted) throw new FindlingError('cancelled');
        if (unchecked) return whole.slice(0, size);
        const { ERR_UNSUPPORTED_COMPRESSION } = await zipLibrary();
        return (thrown as Error)?.message === ERR_UNSUPPORTED_COMPRESSION ? 'packing' : 'damaged';
      }
      if (unchecked) return whole.slice(0, size);
      return size === whole.length ? whole : 'damaged';
    },
  };
}
