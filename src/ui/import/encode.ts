import type { FileFacts } from '../../storage/notes/index.ts';
import { encodeOld } from './old-encodings.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A text as a file has it: with the file's encoding, mark and line ends.
 * @param text with LF
 * @returns null where that encoding cannot hold every character
 */
export function encodeText(text: string, { encoding, mark, lineEnds }: FileFacts): Bytes | null {
  const end = lineEnds === 'crlf' ? '\r\n' : '\r';
  const lines = lineEnds ? text.replaceAll('\n', end) : text;
  const whole = mark ? `\ufeff${lines}` : lines;
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    return encodeUtf16(whole, encoding === 'utf-16be');
  }
  if (encoding === 'utf-32le' || encoding === 'utf-32be') {
    return encodeUtf32(whole, encoding === 'utf-32be');
  }
  if (encoding) return encodeOld(lines, encoding);
  return whole.isWellFormed() ? new TextEncoder().encode(whole) : null;
}

function encodeUtf16(text: string, isBig: boolean): Bytes {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), !isBig);
  return new Uint8Array(view.buffer);
}

function encodeUtf32(text: string, isBig: boolean): Bytes {
  const points = Array.from(text, (character) => character.codePointAt(0)!);
  const view = new DataView(new ArrayBuffer(4 * points.length));
  points.forEach((point, i) => {
    view.setUint32(4 * i, point, !isBig);
  });
  return new Uint8Array(view.buffer);
}
