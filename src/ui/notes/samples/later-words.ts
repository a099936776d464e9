import { plural } from '../../core/strings.ts';

/** Words for sample notes that are taken away: fetched with that code. */
export const L = {
  removeSamplesHint: (total: number) =>
    `${plural(total, 'sample note goes', 'sample notes go')} to the trash. Undo brings ${total === 1 ? 'it' : 'them'} back.`,
  samplesKept: (total: number) =>
    `${plural(total, 'sample note that you changed stays', 'sample notes that you changed stay')}.`,
  remove: 'Remove',
  samplesRemoved: (total: number) => `Removed ${plural(total, 'sample note', 'sample notes')}`,
} as const;
