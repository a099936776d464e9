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
  unreadable: 'The file could not be read',
  cancelled: 'Not read: the import was cancelled',
  stopped: 'Not imported: the import had to stop',
  failed: 'This note could not be stored',
} as const;

/** A remark on a file that is. */
export const MOVED = 'Its file was moved, and the note went along';
