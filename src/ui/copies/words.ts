import { plural } from '../core/strings.ts';

/** Words for conflict copies: fetched with them. */
export const C = {
  isCopy: 'This looks like a conflict copy of',
  compare: 'Compare',
  keep: (title: string) => `Keep as a version of “${title}”`,
  kept: (title: string) => `Kept as a version of “${title}”`,
  changedMeanwhile: 'The note was changed meanwhile. Look at it again.',
  comparison: (copy: string, base: string) => `“${copy}” compared with “${base}”`,
  differences: 'Differences',
  onlyCopy: 'Only in the copy',
  onlyBase: (title: string) => `Only in “${title}”`,
  alike: 'Both texts are the same, to the letter.',
  sameLines: (total: number) => plural(total, 'line is the same', 'lines are the same'),
  tooMany: 'Only the first differences are shown.',
  exact: (total: number) =>
    `${plural(total, 'conflict copy was', 'conflict copies were')} the same, to the letter, as the note of the other name, and became a version of it:`,
  exactKept: (total: number) =>
    `${plural(total, 'exact copy', 'exact copies')} became versions of their notes`,
  back: (total: number) => `${plural(total, 'note is', 'notes are')} back`,
  undone: 'Taken back: they are notes of their own again.',
  of: (copy: string, base: string) => `${copy} → ${base}`,
} as const;
