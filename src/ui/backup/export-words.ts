import { plural } from '../core/strings.ts';

/** Words for an export of some notes: fetched with its code. */
export const L = {
  /** Nothing where all could be written as they were. */
  otherEncoding: (paths: readonly string[]) => {
    const [first, ...more] = paths;
    if (first === undefined) return '';
    const files =
      more.length === 0 ? first : `${first} and ${plural(more.length, 'other', 'others')}`;
    return `The encoding of ${files} has no sign for some characters there now: written as UTF-8.`;
  },
  exportedMany: (total: number) => `Exported ${plural(total, 'note', 'notes')}`,
} as const;
