import type { Piece } from '../query.ts';
import { OPERATORS } from '../query-operators.ts';
import { plainDate } from './format.ts';

/**
 * Every sentence the app says stands here, or in `page-strings.ts` where the first screen does not need
 * it. Names that the UI contract fixes are marked so.
 */
const count = new Intl.NumberFormat('en');
export const n = (value: number): string => count.format(value);
export const plural = (value: number, one: string, many: string): string =>
  `${n(value)} ${value === 1 ? one : many}`;

export const S = {
  app: 'Findling',
  untitled: 'Untitled',
  loading: 'Loading…',
  close: 'Close',
  cancel: 'Cancel',
  undo: 'Undo',
  dismiss: 'Dismiss',
  skipLink: 'Skip to content',
  notices: 'Notices',
  storageCleared:
    'Your browser cleared Findling’s storage while it was open. The notes that were in it are gone from this device; what is open in the editor is kept.',
  deletedHere: (workspace: string) =>
    `The workspace “${workspace}” was deleted in another tab, so this tab shows another one.`,
  workspacesMissing: (names: string) =>
    `The notes of ${names} are no longer on this device, so another workspace is shown.`,
  deletionBlocked:
    'Another tab of Findling still has the notes open. Close it, and the deletion goes on.',
  deleting: 'Deleting…',
  viewFailed: 'This page could not be loaded. Check that Findling is still served, then reload.',

  // Contract: navigation and search.
  nav: 'Main',
  notes: 'Notes',
  import: 'Import',
  map: 'Map',
  health: 'Health',
  settings: 'Settings',
  search: 'Search',
  searchBox: 'Search your notes',
  results: 'Results',
  noMatch: 'No notes match',
  newNote: 'New note',
  showWeaker: 'Show weaker matches',

  // Contract: index status.
  indexStatus: 'Index status',
  upToDate: 'Up to date',
  improving: (done: number, total: number) => `Improving search… ${done} of ${total}`,
  loadingModel: (percent: number) => `Loading model… ${percent}%`,
  paused: (reason: string) => `Paused: ${reason}`,
  etaSeconds: (seconds: number) => `about ${seconds} s left`,
  etaMinutes: (minutes: number) => `about ${minutes} min left`,
  etaHours: (hours: number) => `about ${hours} h left`,
  indexingBegan: (total: number) => `Improving search for ${plural(total, 'note', 'notes')}.`,
  indexingAt: (percent: number) => `Improving search: ${percent} percent done.`,
  indexingEnded: 'Search is up to date.',

  // Contract: workspaces.
  workspace: 'Workspace',
  newWorkspace: 'New workspace',
  workspaceName: 'Name',
  create: 'Create',
  newWorkspaceHint: 'Notes of their own, and a search of their own.',
  switchUnsaved:
    'A note is not saved yet, so this workspace stays open. Free some space and try again.',

  searchHint: 'Type a few words, or what you mean.',
  recent: 'Recent',
  recentSearches: 'Recent searches',
  clearRecent: 'Clear recent searches',
  completions: 'Suggestions',
  filters: 'Filters',
  understood: (means: Piece['means']): string => {
    switch (means.kind) {
      case 'before':
      case 'after': {
        const until = (means.kind === 'before') !== means.not;
        return `${until ? 'Before' : 'From'} ${plainDate(means.at)}`;
      }
      case 'pinned':
        return means.not ? 'Not pinned' : 'Pinned';
      case 'words':
        return means.not ? `Without “${means.value}”` : `“${means.value}”`;
      default: {
        const name = { tag: 'Tag', path: 'Path', title: 'Title' }[means.kind];
        return `${means.not ? `Not ${name.toLowerCase()}` : name}: ${means.value}`;
      }
    }
  },
  removeFilter: (piece: string) => `Remove filter ${piece}`,
  createNoteCalled: (title: string) => `Create note “${title}”`,
  hint: {
    date: (piece: string) =>
      `“${piece}” was searched as words: a date is 2024, 2024-05 or 2024-05-17.`,
    is: (piece: string) =>
      `“${piece}” was searched as words: only is:${OPERATORS.is.takes.join(', is:')} is known.`,
    empty: (piece: string) => `Add something after “${piece}”.`,
    quote: (piece: string) => `“${piece}” was searched as words: its quotation mark is not closed.`,
  },
  found: (hits: number) => `${plural(hits, 'note', 'notes')} found`,
  searching: 'Searching…',
  byWordsOnly: 'Searching by words while the model loads',
  byWordsNoModel: 'Searching by words: the model is not available',
  notAllLoaded: (loaded: number, total: number) =>
    `Still reading your notes: ${n(loaded)} of ${n(total)}`,
  why: { words: 'words', meaning: 'meaning', title: 'title' },
  keys: { move: 'to move', open: 'to open', newTab: 'in a new tab', close: 'to close' },

  addSamples: 'Add sample notes',
  addingSamples: 'Adding sample notes…',
  removeSamples: 'Remove sample notes',
  todaysNote: 'Today’s note',
  folder: 'Folder',
  tag: 'Tag',
  sortBy: 'Sort by',
  allFolders: 'All folders',
  allTags: 'All tags',
  noFolder: 'No folder',
  withCount: (name: string, total: number) => `${name} (${n(total)})`,
  sorts: { modified: 'Last changed', created: 'Date made', title: 'Title' },
  noneHere: 'No notes here.',
  showAll: 'Show all notes',
  pinned: 'Pinned',
  select: 'Select',
  selectNote: (title: string) => `Select ${title}`,
  organise: 'Folder and tags',
  movedMany: (total: number, folder: string) =>
    folder
      ? `Moved ${plural(total, 'note', 'notes')} to “${folder}”`
      : `Moved ${plural(total, 'note', 'notes')} out of their folder`,
  taggedMany: (total: number) => `Changed the tags of ${plural(total, 'note', 'notes')}`,
  pinnedMany: (total: number) => `Pinned ${plural(total, 'note', 'notes')}`,
  unpinnedMany: (total: number) => `Unpinned ${plural(total, 'note', 'notes')}`,
  deletedMany: (total: number) => `Deleted ${plural(total, 'note', 'notes')}`,
  restoredMany: (total: number) => `Restored ${plural(total, 'note', 'notes')}`,

  notesList: 'All notes',
  noteCount: (total: number) => plural(total, 'note', 'notes'),
  firstTitle: 'Find it by what it means.',
  firstPromise: 'Your notes never leave this device.',
  firstWrite: 'Write something',
  firstImport: 'Bring in a Markdown folder',
  firstDrop: 'or drop files and folders anywhere in this window.',

  title: 'Title',
  note: 'Note',
  words: (total: number) => plural(total, 'word', 'words'),
  plainText: 'Long note: shown as plain text',
  editorFailed:
    'The editor could not be loaded, so this is a plain one. Your text is saved as ever.',
  read: 'Read',
  outline: 'Outline',
  backlinks: 'Backlinks',
  linkGone: (name: string) => `There is no note named “${name}”.`,
  createNote: 'Create note',
  notALink: 'This link leads nowhere that Findling can open.',
  imageTooLarge: (size: string, limit: string) =>
    `This image is too large to keep: ${size} (the limit is ${limit}). Make it smaller and paste it again.`,
  imageKind: 'Images of this kind cannot be kept. PNG, JPEG, GIF, WebP and AVIF can.',
  pin: 'Pin',
  unpin: 'Unpin',
  saveState: 'Save state',
  saved: 'Saved',
  saving: 'Saving…',
  notSavedFull:
    'Not saved: storage is full. Free some space; your text stays here and is tried again.',
  notSavedDeleted: 'Not saved',
  notSaved: (why: string) => `Not saved: ${why} Your text stays here and is tried again.`,
  deleteNote: 'Delete note',
  deleted: (title: string) => `Deleted “${title}”`,
  restored: (title: string) => `Restored “${title}”`,
  cannotRestore: 'This note cannot be restored any more.',
  cannotUndo: 'This can no longer be undone.',
  restore: 'Restore',
  recentlyDeleted: 'Recently deleted',
  deletedElsewhere: 'This note was deleted in another tab.',
  deletedWhileTyping:
    'This note was deleted in another tab while you typed here. What you typed is not saved.',
  keepDeleted: 'Keep the note',
  giveUpDeleted: 'Delete it here, too',
  leftDeleted: (title: string) =>
    `“${title}” was deleted in another tab. What you typed in it is not saved.`,
  openNote: 'Open it',
  restoredAlready: (title: string) =>
    `“${title}” is there already: it was kept in another tab, with what was typed there.`,
  noteMissing: 'This note is not here. It may have been deleted.',
  backToNotes: 'Back to all notes',
  conflict:
    'This note had been changed in another tab too. Your text is saved; the other one is kept as an earlier version.',
  related: 'Related notes',
  unlinkedOnly: 'Leave out notes this one links to',
  versionUsed: 'The earlier text is back. What it replaced is one Undo away.',
  workNames: { import: 'Importing', restore: 'Restoring the backup' },
  pausedAt: (done: number, total: number) => `Paused at ${n(done)} of ${n(total)}`,
  ofTotal: (done: number, total: number) => `${n(done)} of ${n(total)}`,
  unfinished: {
    import: (done: number, total: number) => `Import stopped at ${n(done)} of ${n(total)}.`,
    restore: (done: number, total: number) => `Restore stopped at ${n(done)} of ${n(total)}.`,
  },
  goOn: 'Go on',
  chooseAgain: {
    import: (name: string) =>
      `To go on, choose “${name}” again. What is here already is not imported twice.`,
    restore: (name: string) => `To go on, choose “${name}” again.`,
  },
  moreLines: (more: number) => `and ${n(more)} more`,

  sharedKept: (total: number) =>
    total === 1
      ? 'What was shared is a note now.'
      : `${n(total)} notes were made of what was shared.`,
  openedKept: (total: number) =>
    total === 1 ? 'The file is a note now.' : `${n(total)} notes were made of the files.`,
  shareFailed:
    'What was shared could not be kept: storage is full, or it was too large. Free some space and share it again.',
  writtenHere: 'Written here',
  evicted:
    'The browser has cleared the notes that were stored on this device. If you have a backup, restore it under Settings.',
  updateReady: 'A new version is ready.',
  updateNow: 'Update',
  updateWorking: 'An import or a restore is running. Update once it is done.',
  updateUnsaved: 'A note could not be saved yet. Update once it says Saved.',
  updateHeld:
    'A new version of Findling is in use now, but a note here could not be saved. Copy its text, or free some space; then reload.',
  reload: 'Reload',
  newerTab: 'Another tab has a newer version of Findling open. Please reload this one.',
  olderTab: 'Another tab has an older version of Findling open. Please reload that one.',
  gpuLost: 'WebGPU stopped working. Findling goes on with WebAssembly.',
  /** As the register calls the first one. */
  firstWorkspace: 'My notes',
  lastWorkspace: 'The last workspace cannot be deleted. Create another one first.',
  foundNotes: 'Found notes',
} as const;

/** A title as shown: one without a letter still has to be clicked on. */
export const shown = (title: string): string => title.trim() || S.untitled;
