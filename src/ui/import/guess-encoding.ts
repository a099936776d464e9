/** In which encoding a file may be that is not in Unicode: fetched for such a file only. */
import { analyse } from 'chardet';
import type { OldEncoding } from '../../encodings.ts';
import type { Guess } from './old-encodings.ts';

/** Bytes that are looked at. */
const LOOKED_AT = 256 * 1024;
/** Least sureness of a guess, of 100 … */
const LEAST = 20;
/** … and by how much another must be surer than Windows-1252: short Western texts nearly tie. */
const LEAD = 15;
/**
 * What is sure of nothing is Western if it has no more bytes beyond ASCII than so many, or than this
 * share: a few signs in a short text tell nothing.
 */
const FEW_BYTES = 4;
const FEW = 0.05;

/** By the library's name of it. ISO 8859-1 and -9 are parts of the encodings of Windows. */
const NAMES: Record<string, OldEncoding> = {
  'ISO-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
  GB18030: 'gb18030',
  Big5: 'big5',
  Shift_JIS: 'shift_jis',
  'EUC-JP': 'euc-jp',
  'EUC-KR': 'euc-kr',
  'windows-1250': 'windows-1250',
  'windows-1251': 'windows-1251',
  'windows-1253': 'windows-1253',
  'windows-1254': 'windows-1254',
  'ISO-8859-9': 'windows-1254',
  'windows-1255': 'windows-1255',
  'windows-1256': 'windows-1256',
  'windows-1257': 'windows-1257',
  'ISO-8859-2': 'iso-8859-2',
  'ISO-8859-5': 'iso-8859-5',
  'ISO-8859-6': 'iso-8859-6',
  'ISO-8859-7': 'iso-8859-7',
  'ISO-8859-8': 'iso-8859-8',
  'KOI8-R': 'koi8-r',
};

/** @returns null where nothing is sure enough */
export function guessEncoding(bytes: Uint8Array): Guess | null {
  const best = new Map<OldEncoding, number>();
  for (const { name, confidence } of analyse(bytes.subarray(0, LOOKED_AT))) {
    const encoding = NAMES[name];
    if (encoding) best.set(encoding, Math.max(best.get(encoding) ?? 0, confidence));
  }
  const western = best.get('windows-1252') ?? 0;
  best.delete('windows-1252');
  const [other] = [...best].sort(([, a], [, b]) => b - a);
  if (other && other[1] >= LEAST && other[1] - western >= LEAD) {
    return { encoding: other[0], sure: other[1] };
  }
  const high = bytes.reduce((sum, byte) => sum + Number(byte >= 0x80), 0);
  if (western < LEAST && high > Math.max(FEW_BYTES, FEW * bytes.length)) return null;
  return { encoding: 'windows-1252', sure: western };
}
