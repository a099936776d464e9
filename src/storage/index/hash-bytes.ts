/** Hashes of passages as bytes: half of what their hex takes. Pure. */
export const HASH_BYTES = 16;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A hash's 16 bytes; null for what is none. */
export function bytesOf(hash: string): Uint8Array | null {
  if (!/^[0-9a-f]{32}$/.test(hash)) return null;
  const bytes = new Uint8Array(HASH_BYTES);
  for (let i = 0; i < HASH_BYTES; i++) bytes[i] = Number.parseInt(hash.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** All hashes that lie one after the other in `bytes`. */
export function hashesIn(bytes: Uint8Array): string[] {
  const hashes: string[] = [];
  for (let from = 0; from < bytes.length; from += HASH_BYTES) {
    let hash = '';
    for (let i = from; i < from + HASH_BYTES; i++) hash += HEX[bytes[i]!];
    hashes.push(hash);
  }
  return hashes;
}

/** Where a hash stands among others in ascending order; −1: nowhere. */
export function placeOf(wanted: Uint8Array, all: Uint8Array): number {
  let low = 0;
  let high = all.length / HASH_BYTES - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    let order = 0;
    for (let i = 0; i < HASH_BYTES && order === 0; i++) {
      order = wanted[i]! - all[middle * HASH_BYTES + i]!;
    }
    if (order === 0) return middle;
    if (order > 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
