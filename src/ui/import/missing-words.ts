import { n, plural } from '../core/strings.ts';

/** Words for notes whose files are not there any more: fetched with them. */
export const M = {
  missing: (root: string) => `Not in “${root}” any more`,
  doubtful: (root: string, absent: number, former: number) =>
    `${n(absent)} of the ${n(former)} files that were imported from “${root}” before are not in it. Is this the same folder?`,
  sameFolder: 'Yes, the same folder',
  otherFolder: 'No, another one',
  otherLeft: 'Then all notes stay as they are.',
  unsure: (total: number, root: string) =>
    `${plural(total, 'note has', 'notes have')} no file in “${root}” any more, as far as could be seen. Something could not be read, so nothing is offered for the trash.`,
  gone: 'Their files were deleted or renamed outside. The notes are still here.',
  withFolder:
    'Their whole folder is not there. It was deleted, or the browser passed it over: look before you choose.',
  changed: 'You changed these here after they were imported.',
  read: 'Read',
  readOne: (title: string) => `Read “${title}”`,
  all: (total: number) => `All ${n(total)}`,
  more: (total: number) => `and ${n(total)} more`,
  toTrash: (total: number) => (total > 0 ? `Move to trash (${n(total)})` : 'Move to trash'),
  moved: (total: number) => `Moved ${plural(total, 'note', 'notes')} to the trash`,
  changedMeanwhile: 'Some of them were changed meanwhile and stay. Look at them again.',
  done: 'They are in the trash.',
} as const;
