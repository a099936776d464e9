import { n, plural } from '../core/strings.ts';

/** Words of backup and restore: fetched with them. */
export const W = {
  // Contract: the names of the button and of the file input.
  exportBackup: 'Export backup',
  backupHint:
    'All notes of this workspace as Markdown files with their folders and images, in one .zip.',
  backupProgress: (done: number, total: number) => `${n(done)} of ${n(total)} notes`,
  /** Nothing where all could be written as they were. */
  otherEncoding: (total: number) =>
    total === 0
      ? ''
      : ` ${plural(total, 'note holds', 'notes hold')} characters that the encoding of its file has no sign for: written as UTF-8.`,
  backedUp: (total: number) => `Backed up ${plural(total, 'note', 'notes')}.`,
  restoreBackup: 'Restore backup',
  restoreHint:
    'Adds what is missing here. Where a note was changed on both sides, the later text stays and the other one becomes an earlier version of it.',
  restoreResult: 'Restore result',
  restoreReading: (done: number, total: number) => `Comparing: ${n(done)} of ${n(total)} files`,
  restoreWriting: (done: number, total: number) => `Restoring: ${n(done)} of ${n(total)} files`,
  restoreOpening: 'Opening the backup…',
  restoreProgress: 'Restore',
  /** The button that restores what was counted. */
  restoreNow: 'Restore',
  restoreQuestion: (added: number, updated: number, kept: number, same: number, bad: number) =>
    [
      `${plural(added, 'note', 'notes')} to add`,
      updated > 0 && `${n(updated)} newer in the backup`,
      kept > 0 && `${n(kept)} to stay as changed here`,
      `${n(same)} the same`,
      bad > 0 && plural(bad, 'file that cannot be read', 'files that cannot be read'),
    ]
      .filter(Boolean)
      .join(', '),
  restoreAskedElsewhere: 'The backup was read. Restore it under Settings.',
  restoreLookHere: 'Open Settings',
  restoreCancelled: 'Cancelled. What had been restored by then stays.',
  restoreNotBegun: 'Cancelled. Nothing was restored.',
  restoreDamagedList:
    'This is not a backup that can be read whole: a part of it is missing or damaged. What could be found in it is restored.',
  restoreRowLost:
    'What the backup knew of this note is damaged: its text is here, its dates, its pin and its tags may be others',
  restoreNewer: 'This backup is of a newer version: what this version knows of it is restored',
  restoredCounts: (added: number, updated: number, same: number, kept: number) =>
    [
      `Restored ${plural(added, 'note', 'notes')}`,
      updated > 0 && `brought ${n(updated)} up to date`,
      kept > 0 && `kept ${n(kept)} as changed here`,
      same > 0 && `${n(same)} were the same`,
    ]
      .filter(Boolean)
      .join(', '),
  restoreSkip: {
    type: 'Neither a note nor an image of a note',
    large: (limit: string) => `Larger than ${limit}`,
    text: 'It is not text in UTF-8',
    image: 'The image is damaged',
    damaged: 'The file is damaged: it is not what was backed up',
    locked: 'The file is encrypted',
    packing: 'The file is packed in a way that cannot be read here',
    failed: 'This note could not be stored',
    outward: 'Its name leads out of the backup',
    renamed: 'Its name is damaged',
    twice: 'Another file in the backup has the same name',
  },
} as const;
