/**
 * An archive without its list of files, or with a damaged one: each file has a header of its own,
 * and what these say is enough to read it and to check it.
 */
import { type ReadRange, windowOn } from './window.ts';

interface Found {
  /** Where its header begins. */
  offset: number;
  name: Uint8Array;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  unpacked: number;
}

/** Signature before each file of a .zip. */
const HEADER = 0x04034b50;
/** Length of that header without name and extra field. */
const HEADER_BYTES = 30;
/**
 * Signature of the data descriptor, behind a file whose size was not known before it was written.
 */
const DESCRIPTOR = 0x08074b50;
/** Bit of the header's flags: there is a data descriptor. */
const DESCRIPTOR_FLAG = 8;
/** Signatures of what may follow a file: another one, the list, its end. */
const AFTER_FILE = [HEADER, 0x02014b50, 0x06054b50, 0x06064b50, 0x08064b50];
/** A 32-bit size of this value means: see the ZIP64 field. */
const LIMIT_32 = 0xffffffff;
/** Longest name that is believed, bytes. */
const LONGEST_NAME = 8 * 1024;
/** Bytes read at a time to look for the next signature. */
const SEARCHED_AT_ONCE = 512 * 1024;

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

const isHeader = (bytes: Uint8Array): boolean => {
  if (bytes.length < HEADER_BYTES) return false;
  const view = viewOf(bytes);
  const method = view.getUint16(8, true);
  const name = view.getUint16(26, true);
  return (
    view.getUint32(0, true) === HEADER &&
    view.getUint16(4, true) <= 63 &&
    (method === 0 || method === 8) &&
    name > 0 &&
    name <= LONGEST_NAME
  );
};

/**
 * Where one of `signatures` stands next, at `from` or later, and `fits` says yes.
 * @returns -1 for nowhere
 */
async function next(
  read: ReadRange,
  from: number,
  fits: (at: number, signature: number) => boolean | Promise<boolean>,
): Promise<number> {
  for (let at = from; ; at += SEARCHED_AT_ONCE) {
    // Three more, for a signature across two pieces.
    const piece = await read(at, SEARCHED_AT_ONCE + 3);
    const view = viewOf(piece);
    for (
      let i = piece.indexOf(0x50);
      i >= 0 && i + 4 <= piece.length;
      i = piece.indexOf(0x50, i + 1)
    ) {
      if (piece[i + 1] !== 0x4b || i >= SEARCHED_AT_ONCE) continue;
      if (await fits(at + i, view.getUint32(i, true))) return at + i;
    }
    if (piece.length < SEARCHED_AT_ONCE + 3) return -1;
  }
}

/** Whether the archive ends at `at`, or another of its parts begins there. */
async function partAt(read: ReadRange, at: number, size: number): Promise<boolean> {
  if (at >= size) return at === size;
  const bytes = await read(at, 4);
  return bytes.length === 4 && AFTER_FILE.includes(viewOf(bytes).getUint32(0, true));
}

/** Sizes beyond 32 bits stand in an extra field. */
function wideSizes(extra: Uint8Array): { unpacked: number; packed: number } | null {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1 || at + 20 > extra.length) continue;
    return {
      unpacked: Number(view.getBigUint64(at + 4, true)),
      packed: Number(view.getBigUint64(at + 12, true)),
    };
  }
  return null;
}

async function fileAt(
  read: ReadRange,
  offset: number,
  size: number,
): Promise<{ file: Found; end: number }> {
  const view = viewOf(await read(offset, HEADER_BYTES));
  const nameBytes = view.getUint16(26, true);
  const rest = await read(offset + HEADER_BYTES, nameBytes + view.getUint16(28, true));
  const from = offset + HEADER_BYTES + nameBytes + view.getUint16(28, true);
  const file: Found = {
    offset,
    name: rest.slice(0, nameBytes),
    // With its sizes in the list, none follow the file.
    flags: view.getUint16(6, true),
    method: view.getUint16(8, true),
    crc: view.getUint32(14, true),
    packed: view.getUint32(18, true),
    unpacked: view.getUint32(22, true),
  };
  if (file.packed === LIMIT_32 || file.unpacked === LIMIT_32) {
    Object.assign(file, wideSizes(rest.subarray(nameBytes)));
  }
  const end = from + file.packed;
  const known = !(file.flags & DESCRIPTOR_FLAG) || file.packed > 0;
  if (known && end <= size) {
    const after = await read(end, 4);
    const descriptor = after.length === 4 && viewOf(after).getUint32(0, true) === DESCRIPTOR;
    if (descriptor || (await partAt(read, end, size))) return { file, end };
  }
  // To its descriptor, which says how far away it is; or to the next file, if that comes first.
  let length = 0;
  const found = await next(read, from, async (at, signature) => {
    if (signature === HEADER) return isHeader(await read(at, HEADER_BYTES));
    if (signature !== DESCRIPTOR || !(file.flags & DESCRIPTOR_FLAG)) return false;
    const view = viewOf(await read(at, 24));
    const distance = at - from;
    const narrow = view.byteLength >= 16 && view.getUint32(8, true) === distance;
    const wide = view.byteLength >= 24 && Number(view.getBigUint64(8, true)) === distance;
    // The narrow numbers of an empty file read like wide ones, and wide ones begin like narrow ones.
    if (wide && !(await partAt(read, at + 16, size))) {
      length = 24;
      file.unpacked = Number(view.getBigUint64(16, true));
    } else if (narrow) {
      length = 16;
      file.unpacked = view.getUint32(12, true);
    } else return false;
    file.crc = view.getUint32(4, true);
    return true;
  });
  const until = found < 0 ? size : found;
  // Without a descriptor its check will fail, and the file is named as damaged.
  file.packed = Math.max(0, until - from);
  return { file, end: until + length };
}

/** The archive's files by their own headers, in their order. */
async function filesOf(archive: Blob): Promise<Found[]> {
  const read = windowOn(archive);
  const files: Found[] = [];
  const headerAt = async (at: number) => isHeader(await read(at, HEADER_BYTES));
  let at = 0;
  for (;;) {
    // Most of the time one begins where the last one ended: nothing is searched then.
    if (!(await headerAt(at))) {
      at = await next(read, at, (from, signature) => signature === HEADER && headerAt(from));
    }
    if (at < 0) return files;
    const { file, end } = await fileAt(read, at, archive.size);
    files.push(file);
    at = Math.max(at + 4, end);
  }
}

/**
 * The same archive with a list rebuilt from what stands before each file.
 * @returns null when there is no file in it
 */
export async function withNewList(archive: Blob): Promise<Blob | null> {
  const files = await filesOf(archive);
  if (files.length === 0) return null;
  const parts = files.map(({ offset, name, flags, method, crc, packed, unpacked }) => {
    const entry = new Uint8Array(46 + name.length + 28);
    const view = viewOf(entry);
    view.setUint32(0, 0x02014b50, true);
    view.setUint16(4, 45, true);
    view.setUint16(6, 45, true);
    view.setUint16(8, flags, true);
    view.setUint16(10, method, true);
    // 1 January 1980.
    view.setUint16(14, 0x21, true);
    view.setUint32(16, crc, true);
    view.setUint32(20, LIMIT_32, true);
    view.setUint32(24, LIMIT_32, true);
    view.setUint16(28, name.length, true);
    view.setUint16(30, 28, true);
    view.setUint32(42, LIMIT_32, true);
    entry.set(name, 46);
    const wide = 46 + name.length;
    view.setUint16(wide, 1, true);
    view.setUint16(wide + 2, 24, true);
    view.setBigUint64(wide + 4, BigInt(unpacked), true);
    view.setBigUint64(wide + 12, BigInt(packed), true);
    view.setBigUint64(wide + 20, BigInt(offset), true);
    return entry;
  });
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  const end = new Uint8Array(56 + 20 + 22);
  const view = viewOf(end);
  view.setUint32(0, 0x06064b50, true);
  view.setBigUint64(4, 44n, true);
  view.setUint16(12, 45, true);
  view.setUint16(14, 45, true);
  view.setBigUint64(24, BigInt(files.length), true);
  view.setBigUint64(32, BigInt(files.length), true);
  view.setBigUint64(40, BigInt(bytes), true);
  view.setBigUint64(48, BigInt(archive.size), true);
  view.setUint32(56, 0x07064b50, true);
  view.setBigUint64(64, BigInt(archive.size + bytes), true);
  view.setUint32(72, 1, true);
  view.setUint32(76, 0x06054b50, true);
  view.setUint16(84, 0xffff, true);
  view.setUint16(86, 0xffff, true);
  view.setUint32(88, LIMIT_32, true);
  view.setUint32(92, LIMIT_32, true);
  return new Blob([archive, ...parts, end]);
}
