/** Windows-1252, which browsers decode and do not encode. Pure. */

/** The characters of 0x80 to 0x9f; the five that are not defined stay controls. */
const HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const BYTES = new Map([...HIGH].map((character, i) => [character, 0x80 + i]));

/** Any bytes are such a text. */
export function decodeWindows1252(bytes: Uint8Array): string {
  // Node 20 leaves these as they are, where browsers map them.
  return new TextDecoder('windows-1252')
    .decode(bytes)
    .replace(/[\x80-\x9f]/g, (control) => HIGH[control.charCodeAt(0) - 0x80] ?? control);
}

/** @returns null where it has no byte for a character */
export function encodeWindows1252(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const byte = code < 0x80 || (code >= 0xa0 && code <= 0xff) ? code : BYTES.get(text[i]!);
    if (byte === undefined) return null;
    bytes[i] = byte;
  }
  return bytes;
}
