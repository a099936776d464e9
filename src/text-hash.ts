/** Units of a text that are hashed at most. */
const MOST_UNITS = 100_000;

/**
 * A quick hash of a note's title and text, as 16 hex digits. It tells at once, without waiting as
 * SHA-256 would, whether a text is the one that somebody had before. It guards against mix-ups, not
 * against anybody. Two 32-bit FNV-1a hashes over UTF-16 units, the second from another start and
 * mixed once more. Of a text of more than 100,000 units only some are looked at, evenly spread, and
 * its length: it is hashed while somebody types, and the revision is compared beside it.
 */
export function draftHash(title: string, text: string): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  const add = (unit: number): void => {
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
    b ^= b >>> 15;
  };
  for (let i = 0; i < title.length; i++) add(title.charCodeAt(i));
  // No UTF-16 unit: a letter moved from the title to the text makes another hash.
  add(0x10000);
  const step = Math.ceil(text.length / MOST_UNITS) || 1;
  for (let i = 0; i < text.length; i += step) add(text.charCodeAt(i));
  add(text.length);
  return hex(a) + hex(b);
}

const hex = (n: number): string => (n >>> 0).toString(16).padStart(8, '0');
