/** Bytes read at a time: a file's header and content then cost one read. */
const WINDOW_BYTES = 1024 * 1024;

/** Reads ranges of a blob, in their order most of the time. Shorter at the blob's end. */
export type ReadRange = (from: number, length: number) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * Reads a blob by ranges; small neighbouring ones cost one read of `WINDOW_BYTES`.
 * @returns copies
 */
export function windowOn(blob: Blob): ReadRange {
  let start = 0;
  let held = new Uint8Array(0);
  const read = async (from: number, length: number) =>
    new Uint8Array(await blob.slice(from, from + length).arrayBuffer());
  return async (from, length) => {
    if (length > WINDOW_BYTES) return read(from, length);
    const end = Math.min(blob.size, from + length);
    if (from < start || end > start + held.length) {
      held = await read(from, WINDOW_BYTES);
      start = from;
    }
    return held.slice(from - start, Math.max(from, end) - start);
  };
}
