/** Encodings that browsers decode and do not encode: the way back is made of the way there. Pure. */
import type { OldEncoding } from '../../encodings.ts';
import { decodeWindows1252, encodeWindows1252 } from './windows-1252.ts';

/** An encoding that a file may be in. */
export interface Guess {
  encoding: OldEncoding;
  /** 0 to 100. */
  sure: number;
}
/** Tells the encoding of bytes that are not in Unicode; null where none is likely. */
export type Guessing = (bytes: Uint8Array) => Guess | null;

/** Encodings of two bytes a character. */
const PAIRED: readonly string[] = ['gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr'];

/** @returns null where some bytes are no character of it */
export function decodeOld(bytes: Uint8Array, encoding: OldEncoding): string | null {
  if (encoding === 'windows-1252') return decodeWindows1252(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** By encoding: the bytes of each character. Some 24,000 of them, in 20 ms. */
const tables = new Map<OldEncoding, Map<string, readonly number[]>>();

function tableOf(encoding: OldEncoding): Map<string, readonly number[]> {
  const known = tables.get(encoding);
  if (known) return known;
  const table = new Map<string, readonly number[]>();
  const decoder = new TextDecoder(encoding);
  const add = (...bytes: number[]): void => {
    const text = decoder.decode(Uint8Array.from(bytes));
    // The first way is the usual one.
    if ([...text].length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, bytes);
  };
  for (let byte = 0; byte < 0x100; byte++) add(byte);
  if (PAIRED.includes(encoding)) {
    for (let first = 0x81; first < 0xff; first++) {
      for (let second = 0x40; second < 0xff; second++) add(first, second);
    }
  }
  tables.set(encoding, table);
  return table;
}

/** @returns null where it has no bytes for a character, or reads them otherwise */
export function encodeOld(text: string, encoding: OldEncoding): Uint8Array<ArrayBuffer> | null {
  if (encoding === 'windows-1252') return encodeWindows1252(text);
  const table = tableOf(encoding);
  const bytes: number[] = [];
  for (const character of text) {
    const some = table.get(character);
    if (!some) return null;
    bytes.push(...some);
  }
  const made = Uint8Array.from(bytes);
  return decodeOld(made, encoding) === text ? made : null;
}
