import { isWide, type WideEncoding } from '../../encodings.ts';
import type { FileFacts } from '../../storage/notes/index.ts';
import { encodeText } from './encode.ts';
import { decodeOld, type Guessing } from './old-encodings.ts';
import { GUESSED, SKIP } from './skip-words.ts';
import { decodeWindows1252 } from './windows-1252.ts';

export interface DecodedText {
  ok: true;
  /** With LF, without a mark. */
  text: string;
  /** `kept`: the text, written so, does not give the bytes back, or its encoding was guessed. */
  facts: FileFacts;
  /** For a person, where something had to be guessed. */
  note?: string;
}
export type Decoded = DecodedText | { ok: false; reason: string };

const NOT_TEXT: Decoded = { ok: false, reason: SKIP.notText };

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
/** Share of zero characters above which a text is none. */
const MAX_ZEROS = 0.05;

/**
 * Decodes an imported file. Never throws. A file without text is one, too.
 *
 * UTF-8 and, by its mark or its pattern of zero bytes, UTF-16; UTF-32 by its mark; otherwise what is
 * guessed, or Windows-1252 where that gives text. The byte order mark is dropped, CRLF and CR become LF; the facts beside the text lead
 * back. What is no character of its encoding is read as U+FFFD; half a surrogate pair in UTF-16 stays.
 *
 * @param bytes the whole file
 * @returns the text, with a `note` for a person if it had to be guessed; or why there is none
 */
export function decodeText(bytes: Uint8Array, guess?: Guessing): Decoded {
  if (MAGIC.some((magic) => magic.every((byte, i) => bytes[i] === byte))) return NOT_TEXT;

  const widest = utf32Label(bytes);
  if (widest) {
    const text = decodeUtf32(bytes, widest);
    return text === null ? NOT_TEXT : finish(bytes, text, { encoding: widest });
  }
  const wide = utf16Label(bytes);
  if (wide) return finish(bytes, decodeUtf16(bytes, wide), { encoding: wide });

  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return finish(bytes, text, {});
  } catch {
    return bytes.includes(0) ? NOT_TEXT : decodeInvalid(bytes, guess);
  }
}

/** The same, with a guess by a library where one is needed: fetched then. */
export async function decodeFile(bytes: Uint8Array): Promise<Decoded> {
  let isAsked = false;
  const decoded = decodeText(bytes, () => {
    isAsked = true;
    return null;
  });
  if (!isAsked) return decoded;
  const { guessEncoding } = await import('./guess-encoding.ts');
  return decodeText(bytes, guessEncoding);
}

/** Decodes what this app wrote, of which it remembers how. @returns null where it is not so */
export function decodeAs(bytes: Uint8Array, facts: FileFacts): string | null {
  const { encoding, mark, lineEnds } = facts;
  let text: string;
  try {
    if (encoding === 'utf-16le' || encoding === 'utf-16be') text = decodeUtf16(bytes, encoding);
    else if (encoding) {
      const read = isWide(encoding) ? decodeUtf32(bytes, encoding) : decodeOld(bytes, encoding);
      if (read === null) return null;
      text = read;
    } else text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
  if (mark && !text.startsWith('\ufeff')) return null;
  const body = mark ? text.slice(1) : text;
  if (!lineEnds) return body;
  return body.replaceAll(lineEnds === 'crlf' ? '\r\n' : '\r', '\n');
}

function decodeInvalid(bytes: Uint8Array, guess?: Guessing): Decoded {
  // A file cut off in mid-character, or with a stray byte, is still UTF-8.
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const broken = lenient.match(/\ufffd/g)?.length ?? 0;
  const beyondAscii = lenient.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0;
  if (beyondAscii >= broken * 10) {
    return finish(bytes, lenient, { kept: true }, GUESSED.stray);
  }
  const mixed = beyondAscii >= broken ? decodeMixed(bytes) : null;
  if (mixed !== null) return finish(bytes, mixed, { kept: true }, GUESSED.mixed);
  if (guess) {
    const guessed = guess(bytes);
    if (!guessed) return { ok: false, reason: SKIP.unclear };
    const { encoding, sure } = guessed;
    const text = decodeOld(bytes, encoding);
    if (text === null) return { ok: false, reason: SKIP.unclear };
    return finish(bytes, text, { encoding, kept: true }, GUESSED.encoding(encoding, sure));
  }
  let high = 0;
  for (const byte of bytes) if (byte >= 0x80) high++;
  if (high > bytes.length * MAX_HIGH_BYTES) return NOT_TEXT;
  const facts: FileFacts = { encoding: 'windows-1252', kept: true };
  return finish(bytes, decodeWindows1252(bytes), facts, GUESSED.windows);
}

function finish(bytes: Uint8Array, decoded: string, facts: FileFacts, note?: string): Decoded {
  const isUnicode = !facts.encoding || isWide(facts.encoding);
  const mark = isUnicode && decoded.startsWith('\ufeff');
  const whole = mark ? decoded.slice(1) : decoded;
  const controls = whole.match(CONTROLS)?.length ?? 0;
  const zeros = whole.match(ZEROS)?.length ?? 0;
  // A stray zero in a text does not make it none.
  if (zeros > whole.length * MAX_ZEROS || controls > whole.length * MAX_CONTROLS) return NOT_TEXT;
  const known: FileFacts = mark ? { ...facts, mark: true } : { ...facts };
  // Megabytes pass here on the page's own thread: what is not needed is not done.
  const hasReturns = whole.includes('\r');
  const lineEnds = hasReturns ? lineEndsOf(whole) : undefined;
  if (lineEnds) known.lineEnds = lineEnds;
  const text = hasReturns ? whole.replace(/\r\n?/g, '\n') : whole;
  const isPlain = !hasReturns && !mark && !facts.encoding;
  if (!known.kept && !isPlain && !areAlike(encodeText(text, known), bytes)) known.kept = true;
  return { ok: true, text, facts: known, ...(note !== undefined && { note }) };
}

/**
 * UTF-8 with single bytes of Windows-1252 in between, as texts have that were put together of several.
 * @returns null where it is not that: bytes beyond ASCII stand together that are no UTF-8
 */
function decodeMixed(bytes: Uint8Array): string | null {
  const parts: string[] = [];
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceAt(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    const isAlone = (bytes[at - 1] ?? 0) < 0x80 && (bytes[at + 1] ?? 0) < 0x80;
    if (!isAlone) return null;
    parts.push(
      decoder.decode(bytes.subarray(from, at)),
      decodeWindows1252(bytes.subarray(at, at + 1)),
    );
    at++;
    from = at;
  }
  parts.push(decoder.decode(bytes.subarray(from)));
  return parts.join('');
}

/** Length of the character of UTF-8 at a place; 0 where there is none. */
function sequenceAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  const length =
    first < 0x80
      ? 1
      : first < 0xc2
        ? 0
        : first < 0xe0
          ? 2
          : first < 0xf0
            ? 3
            : first < 0xf5
              ? 4
              : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(at, at + length),
    );
    return length;
  } catch {
    return 0;
  }
}

/** The most of a text's line ends; undefined for LF. */
function lineEndsOf(text: string): FileFacts['lineEnds'] {
  const pairs = text.match(/\r\n/g)?.length ?? 0;
  const returns = (text.match(/\r/g)?.length ?? 0) - pairs;
  const feeds = (text.match(/\n/g)?.length ?? 0) - pairs;
  if (pairs >= returns && pairs >= feeds) return 'crlf';
  return returns > feeds ? 'cr' : undefined;
}

function areAlike(a: Uint8Array | null, b: Uint8Array): boolean {
  if (a?.length !== b.length) return false;
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const ZEROS = /\0/g;
/** C0 but for zero, tab, line feed, form feed, carriage return and escape; delete; C1. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]/g;

/** With its mark; half a surrogate pair stays as it is, half a unit at the end is U+FFFD. */
function decodeUtf16(bytes: Uint8Array, label: 'utf-16le' | 'utf-16be'): string {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const units: string[] = [];
    for (let at = 0; at + 1 < bytes.length; at += 2) {
      units.push(String.fromCharCode(view.getUint16(at, label === 'utf-16le')));
    }
    return units.join('') + (bytes.length % 2 === 0 ? '' : '\ufffd');
  }
}

function utf32Label(bytes: Uint8Array): 'utf-32le' | 'utf-32be' | undefined {
  if (bytes.length < 4 || bytes.length % 4 !== 0) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) === 0xfeff) return 'utf-32le';
  return view.getUint32(0) === 0xfeff ? 'utf-32be' : undefined;
}

/** With its mark. @returns null where it has what is no character */
function decodeUtf32(bytes: Uint8Array, label: WideEncoding): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const points: string[] = [];
  for (let at = 0; at + 3 < bytes.length; at += 4) {
    const point = view.getUint32(at, label === 'utf-32le');
    if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return null;
    points.push(String.fromCodePoint(point));
  }
  return bytes.length % 4 === 0 ? points.join('') : null;
}

function utf16Label(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
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
