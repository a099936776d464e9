import { plural } from '../core/strings.ts';

/** What is said when notes are deleted and restored: fetched with the first screen. */
export const W = {
  restoredMany: (total: number) => `Restored ${plural(total, 'note', 'notes')}`,
  deleted: (title: string) => `Deleted “${title}”`,
  restored: (title: string) => `Restored “${title}”`,
  cannotRestore: 'This note cannot be restored any more.',
  restoredAlready: (title: string) =>
    `“${title}” is there already: it was kept in another tab, with what was typed there.`,
} as const;
