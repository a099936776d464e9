import { encodingName, type FileEncoding } from '../../encodings.ts';

/** Why a file is not imported; a restore says some of it, too. */
export const SKIP = {
  unchanged: 'Unchanged since the last import',
  'keep-app': 'Changed here only, so your text was left as it is',
  conflict: 'Changed on both sides: the file’s text is kept as an earlier version of the note',
  type: (extension: string) =>
    extension ? `Not a note file (${extension})` : 'Not a note file (no extension)',
  large: (size: string, limit: string) => `Too large: ${size} (the limit is ${limit})`,
  image: 'An image that no imported note shows',
  path: 'Its path is longer than 4,096 bytes',
  notText: 'This is not a text file',
  placeholder: 'Not downloaded from iCloud yet: open it there first, then import again',
  unclear: 'It is not clear in which encoding this file is',
  copy: (title: string) => `Kept as a version of “${title}”`,
  unreadable: 'The file could not be read',
  unreadableFolder: 'The folder could not be read: what is in it is not known',
  cancelled: 'Not read: the import was cancelled',
  stopped: 'Not imported: the import had to stop',
  failed: 'This note could not be stored',
} as const;

/** A remark on a file that is. */
export const MOVED = 'Its file was moved, and the note went along';

/** Remarks on a file of which something was guessed. */
export const GUESSED = {
  stray: 'Some bytes were not valid UTF-8 and show as \ufffd',
  windows: 'Read as Windows-1252, since it was not valid UTF-8',
  mixed: 'Some bytes were not valid UTF-8 and were read as Windows-1252',
  /** @param sure 0 to 100 */
  encoding: (encoding: FileEncoding, sure: number) =>
    `Read as ${encodingName(encoding)}, since it was not valid UTF-8 (a guess, ${sure} % sure)`,
  /** @param line where reading failed, if that is known */
  /** @param lines 0 for one that is not known */
  frontMatter: (lines: readonly number[]) =>
    lines[0] === 0
      ? 'Part of the front matter could not be read as YAML; its text is kept'
      : `Part of the front matter is not YAML (line ${lines.slice(0, 10).join(', ')}); its text is kept, and the rest was read`,
} as const;
