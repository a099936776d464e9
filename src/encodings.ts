/** Encodings of text files that the app knows beside UTF-8. Pure. */

/** Unicode in units of two and four bytes. */
export const WIDE_ENCODINGS = ['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'] as const;
/** Those of single languages and regions, by the names that browsers decode them by. */
export const OLD_ENCODINGS = [
  'windows-1252',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'iso-8859-2',
  'iso-8859-5',
  'iso-8859-6',
  'iso-8859-7',
  'iso-8859-8',
  'koi8-r',
] as const;

export type WideEncoding = (typeof WIDE_ENCODINGS)[number];
export type OldEncoding = (typeof OLD_ENCODINGS)[number];
export type FileEncoding = WideEncoding | OldEncoding;

const WIDE: readonly string[] = WIDE_ENCODINGS;
const OLD: readonly string[] = OLD_ENCODINGS;

/** Whether a stored value is one of the known encodings. */
export const isEncoding = (value: unknown): value is FileEncoding =>
  typeof value === 'string' && (WIDE.includes(value) || OLD.includes(value));
/** Whether it is one of Unicode's. */
export const isWide = (encoding: FileEncoding): encoding is WideEncoding => WIDE.includes(encoding);

/** As people call it: `Windows-1252`, `Shift_JIS`. */
export const encodingName = (encoding: FileEncoding): string =>
  encoding === 'gb18030'
    ? 'GB18030 (GBK)'
    : encoding
        .replace(/^windows/, 'Windows')
        .replace(/^(?:utf|iso|koi8|euc|big|shift_jis)\S*/, asName);

const asName = (name: string): string =>
  name === 'shift_jis' ? 'Shift_JIS' : name === 'big5' ? 'Big5' : name.toUpperCase();
