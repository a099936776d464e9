import { plural } from '../core/strings.ts';

/** Words of the list of notes: fetched with the first screen. */
export const W = {
  addSamples: 'Add sample notes',
  addingSamples: 'Adding sample notes…',
  removeSamples: 'Remove sample notes',
  todaysNote: 'Today’s note',
  folder: 'Folder',
  tag: 'Tag',
  conflictCopy: 'Conflict copy',
  sortBy: 'Sort by',
  allFolders: 'All folders',
  allTags: 'All tags',
  noFolder: 'No folder',
  sorts: { modified: 'Last changed', created: 'Date made', title: 'Title' },
  noneHere: 'No notes here.',
  showAll: 'Show all notes',
  pinned: 'Pinned',
  select: 'Select',
  selectNote: (title: string) => `Select ${title}`,
  pinnedMany: (total: number) => `Pinned ${plural(total, 'note', 'notes')}`,
  unpinnedMany: (total: number) => `Unpinned ${plural(total, 'note', 'notes')}`,

  notesList: 'All notes',
  firstTitle: 'Find it by what it means.',
  firstPromise: 'Your notes never leave this device.',
  firstWrite: 'Write something',
  firstImport: 'Bring in a Markdown folder',
  firstDrop: 'or drop files and folders anywhere in this window.',
} as const;
