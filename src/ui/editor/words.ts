import { plural } from '../core/strings.ts';

/** Words of the editor: fetched with the first screen. */
export const W = {
  organise: 'Folder and tags',

  title: 'Title',
  words: (total: number) => plural(total, 'word', 'words'),
  plainText: 'Long note: shown as plain text',
  editorFailed:
    'The editor could not be loaded, so this is a plain one. Your text is saved as ever.',
  read: 'Read',
  outline: 'Outline',
  backlinks: 'Backlinks',
  noteMade: (name: string) => `“${name}” is a new note.`,
  createNote: 'Create note',
  placeGone: (place: string) => `There is no “${place}” in this note.`,
  notALink: 'This link leads nowhere that Findling can open.',
  saveState: 'Save state',
  saved: 'Saved',
  saving: 'Saving…',
  notSavedFull:
    'Not saved: storage is full. Free some space; your text stays here and is tried again.',
  notSavedDeleted: 'Not saved',
  notSaved: (why: string) => `Not saved: ${why} Your text stays here and is tried again.`,
  deleteNote: 'Delete note',
  deletedElsewhere: 'This note was deleted in another tab.',
  deletedWhileTyping:
    'This note was deleted in another tab while you typed here. What you typed is not saved.',
  keepDeleted: 'Keep the note',
  giveUpDeleted: 'Delete it here, too',
  leftDeleted: (title: string) =>
    `“${title}” was deleted in another tab. What you typed in it is not saved.`,
  openNote: 'Open it',
  noteMissing: 'This note is not here. It may have been deleted.',
  conflict:
    'This note had been changed in another tab too. Your text is saved; the other one is kept as an earlier version.',
  related: 'Related notes',
  unlinkedOnly: 'Leave out notes this one links to',
  versionUsed: 'The earlier text is back. What it replaced is one Undo away.',
} as const;
