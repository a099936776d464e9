import { GUESSED, SKIP } from './skip-words.ts';

export type Decoded = { ok: true; text: string; note?: string } | { ok: false; reason: string };

const NOT_TEXT: Decoded = { ok: false, reason: SKIP.notText };
const EMPTY: Decoded = { ok: false, reason: SKIP.empty };

/** First bytes of files kept among notes that are no text; those full of zero bytes need none. */
const MAGIC = [
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x25, 0x50, 0x44, 0x46, 0x2d], // PDF
  [0x50, 0x4b, 0x03, 0x04], // ZIP, and with it DOCX, ODT, EPUB
  [0x50, 0x4b, 0x05, 0x06], // empty ZIP
  [0x1f, 0x8b], // gzip
  [0xfd, 0x37, 0x7a, 0x58, 0x5a], // xz
  [0x28, 0xb5, 0x2f, 0xfd], // zstd
  [0x37, 0x7a, 0xbc, 0xaf], // 7z
  [0x52, 0x61, 0x72, 0x21, 0x1a], // RAR
  [0xd0, 0xcf, 0x11, 0xe0], // old Office
  [0x7f, 0x45, 0x4c, 0x46], // ELF
  [0x00, 0x61, 0x73, 0x6d], // WebAssembly
];

/** Share of control characters above which a text is none. */
const MAX_CONTROLS = 0.02;
/** Share of bytes from 0x80 up above which it is some other encoding than Windows-1252. */
const MAX_HIGH_BYTES = 0.4;

/**
 * Decodes an imported file. Never throws.
 *
 * UTF-8 and, by its mark or its pattern of zero bytes, UTF-16; otherwise Windows-1252 where that
 * gives text. The byte order mark is dropped, CRLF and CR become LF, lone surrogates U+FFFD.
 *
 * @param bytes the whole file
 * @returns the text, with a `note` for a person if it had to be guessed; or why there is none
 */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) return EMPTY;
  if (MAGIC.some((magic) => magic.every((byte, i) => bytes[i] === byte))) return NOT_TEXT;

  const wide = utf16Label(bytes);
  if (wide) return finish(decodeAs(wide, bytes));
  if (bytes.includes(0)) return NOT_TEXT;

  try {
    return finish(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return decodeInvalid(bytes);
  }
}

function decodeInvalid(bytes: Uint8Array): Decoded {
  // A file cut off in mid-character, or with a stray byte, is still UTF-8.
  const lenient = decodeAs('utf-8', bytes);
  const broken = lenient.match(/\ufffd/g)?.length ?? 0;
  const beyondAscii = lenient.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0;
  if (beyondAscii >= broken * 10) {
    return finish(lenient, GUESSED.stray);
  }
  let high = 0;
  for (const byte of bytes) if (byte >= 0x80) high++;
  if (high > bytes.length * MAX_HIGH_BYTES) return NOT_TEXT;
  return finish(decodeWindows1252(bytes), GUESSED.windows);
}

function finish(decoded: string, note?: string): Decoded {
  const controls = decoded.match(CONTROLS)?.length ?? 0;
  if (decoded.includes('\0') || controls > decoded.length * MAX_CONTROLS) return NOT_TEXT;
  // Megabytes pass here on the page's own thread: what is not needed is not done.
  const lines = decoded.includes('\r') ? decoded.replace(/\r\n?/g, '\n') : decoded;
  const text = lines.isWellFormed() ? lines : lines.toWellFormed();
  if (!/\S/.test(text)) return EMPTY;
  return note === undefined ? { ok: true, text } : { ok: true, text, note };
}

/** C0 but for tab, line feed, form feed, carriage return and escape; delete; C1. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]/g;

function decodeAs(label: string, bytes: Uint8Array): string {
  return new TextDecoder(label).decode(bytes);
}

/** The characters of 0x80 to 0x9f; the five that are not defined stay controls. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function decodeWindows1252(bytes: Uint8Array): string {
  // Node 20 leaves these as they are, where browsers map them.
  return decodeAs('windows-1252', bytes).replace(
    /[\x80-\x9f]/g,
    (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control,
  );
}

function utf16Label(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes.length % 2 !== 0) return undefined;
  // Mostly Latin text without a mark: every other byte is zero, the ones between are not.
  const sample = bytes.subarray(0, 4096);
  let even = 0;
  let odd = 0;
  sample.forEach((byte, i) => {
    if (byte === 0) i % 2 === 0 ? even++ : odd++;
  });
  const many = sample.length * 0.4;
  if (odd > many && even === 0) return 'utf-16le';
  return even > many && odd === 0 ? 'utf-16be' : undefined;
}
