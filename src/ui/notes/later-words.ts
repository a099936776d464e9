import { n, plural } from '../core/strings.ts';

/** Words of the bar for selected notes, and of the dialog for folder and tags: fetched with them. */
export const L = {
  selectAll: 'Select all',
  selected: (total: number) => `${n(total)} selected`,
  done: 'Done',
  move: 'Move',
  tagVerb: 'Tag',
  export: 'Export',
  folderHint: 'Leave it empty for none. A slash makes a folder within a folder.',
  tags: 'Tags',
  tagsHint: 'Separate them with commas.',
  standing: (tags: readonly string[], notes: number) =>
    `${tags.map((tag) => `#${tag}`).join(', ')} ${tags.length === 1 ? 'stands' : 'stand'} in the text of ${plural(notes, 'note', 'notes')}, and stays as long as the text has it.`,
  takeOut: 'Change the text',
  leaveInText: 'Leave it there',
  movedMany: (total: number, folder: string) =>
    folder
      ? `Moved ${plural(total, 'note', 'notes')} to “${folder}”`
      : `Moved ${plural(total, 'note', 'notes')} out of their folder`,
  taggedMany: (total: number) => `Changed the tags of ${plural(total, 'note', 'notes')}`,
} as const;
