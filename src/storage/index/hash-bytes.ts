/** Hashes of passages as bytes: half of what their hex takes. Pure. */
export const HASH_BYTES = 16;

/** ASCII codes of the hex digits. */
const DIGITS = new TextEncoder().encode('0123456789abcdef');
const ascii = new TextDecoder();

/** A hash's 16 bytes; null for what is none. */
export function bytesOf(hash: string): Uint8Array | null {
  if (!/^[0-9a-f]{32}$/.test(hash)) return null;
  const bytes = new Uint8Array(HASH_BYTES);
  for (let i = 0; i < HASH_BYTES; i++) bytes[i] = Number.parseInt(hash.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** All hashes that lie one after the other in `bytes`: a start reads some hundred thousand. */
export function hashesIn(bytes: Uint8Array): string[] {
  const letters = new Uint8Array(2 * bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    letters[2 * i] = DIGITS[bytes[i]! >> 4]!;
    letters[2 * i + 1] = DIGITS[bytes[i]! & 15]!;
  }
  const all = ascii.decode(letters);
  const hashes: string[] = [];
  for (let at = 0; at < all.length; at += 2 * HASH_BYTES)
    hashes.push(all.slice(at, at + 2 * HASH_BYTES));
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
