import { n } from '../core/strings.ts';

/** Words of the names of files: fetched with the code that gives them. */
export const W = {
  naming: (done: number, total: number) =>
    `Giving notes the names of their files: ${n(done)} of ${n(total)}`,
  named: (total: number) =>
    total === 1
      ? 'One note got its file’s name back.'
      : `${n(total)} notes got their files’ names back.`,
  takingBack: (done: number, total: number) =>
    `Giving notes their former titles: ${n(done)} of ${n(total)}`,
  takenBack: 'The notes have their former titles again.',
  namedHint: (total: number) =>
    `Imported notes are called by their files. ${total === 1 ? 'One was' : `${n(total)} were`} called by a heading before.`,
  giveTitles: 'Give back former titles',
  takenBackHint: 'Notes that an earlier version imported are called by a heading.',
  giveNames: 'Use the names of files',
} as const;
