import { FindlingError } from '../../errors.ts';
import { zipLibrary } from './library.ts';

export interface ZipFile {
  path: string;
  content: string | Uint8Array;
  /** Whether it is compressed; else texts are, and bytes are not. */
  isPacked?: boolean;
}

/** Bytes collected into one Blob part, which the browser may keep on disk. */
const LUMP_BYTES = 4 * 1024 * 1024;
/** Files written before the page is yielded to. */
const FILES_AT_ONCE = 50;

/**
 * Packs files as they come; never holds them all. More than 65,535 files or 4 GB are written as
 * ZIP64. Each file's size and CRC-32 stand before its content too, so that it can be checked even
 * where the list at the archive's end is lost.
 * @param files texts are compressed, bytes (images, which are compressed already) are stored
 * @throws FindlingError `cancelled` when `signal` aborts
 */
export async function zipped(
  files: AsyncIterable<ZipFile> | Iterable<ZipFile>,
  signal?: AbortSignal,
): Promise<Blob> {
  const { ZipWriter, Uint8ArrayReader } = await zipLibrary();
  const lumps: Blob[] = [];
  let pieces: BlobPart[] = [];
  let waiting = 0;
  const out = new WritableStream<Uint8Array>({
    write(piece) {
      // Its own buffer: the library's may be used again.
      pieces.push(piece.slice());
      waiting += piece.length;
      if (waiting < LUMP_BYTES) return;
      lumps.push(new Blob(pieces));
      pieces = [];
      waiting = 0;
    },
  });
  const zip = new ZipWriter(out, {
    bufferedWrite: true,
    dataDescriptor: false,
    extendedTimestamp: false,
  });
  let count = 0;
  for await (const { path, content, isPacked } of files) {
    if (signal?.aborted) throw new FindlingError('cancelled');
    const text = typeof content === 'string';
    const bytes = text ? new TextEncoder().encode(content) : content;
    // A file without content needs no stream.
    const reader = bytes.length > 0 ? new Uint8ArrayReader(bytes) : undefined;
    await zip.add(path, reader, { level: (isPacked ?? text) ? 6 : 0 });
    if (++count % FILES_AT_ONCE === 0) await new Promise((go) => setTimeout(go));
  }
  await zip.close();
  return new Blob([...lumps, ...pieces], { type: 'application/zip' });
}
