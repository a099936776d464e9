const count = new Intl.NumberFormat('en');
/** A number with English separators. */
export const n = (value: number): string => count.format(value);
/** "1 note", "1,204 notes". */
export const plural = (value: number, one: string, many: string): string =>
  `${n(value)} ${value === 1 ? one : many}`;

/** What a module of words has in another language: the same names (see CONTRIBUTING.md). */
export type Translation<Words> = {
  readonly [Name in keyof Words]: Words[Name] extends string
    ? string
    : Words[Name] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : Translation<Words[Name]>;
};

/**
 * Words of several features, or of the shell around them, that the first screen needs. What only
 * one feature says stands in its own folder: in `words.ts`, or beside what is fetched later. Names
 * that the UI contract fixes are marked so.
 */
export const S = {
  untitled: 'Untitled',
  loading: 'Loading…',
  close: 'Close',
  cancel: 'Cancel',
  undo: 'Undo',
  dismiss: 'Dismiss',
  notices: 'Notices',
  viewFailed: 'This page could not be loaded. Check that Findling is still served, then reload.',

  // Contract: navigation and search.
  notes: 'Notes',
  import: 'Import',
  map: 'Map',
  health: 'Health',
  settings: 'Settings',
  search: 'Search',
  newNote: 'New note',

  // Contract: the name of the list of workspaces.
  workspace: 'Workspace',

  withCount: (name: string, total: number) => `${name} (${n(total)})`,
  noteCount: (total: number) => plural(total, 'note', 'notes'),
  note: 'Note',
  imageTooLarge: (size: string, limit: string) =>
    `This image is too large to keep: ${size} (the limit is ${limit}). Make it smaller and paste it again.`,
  imageKind: 'Images of this kind cannot be kept. PNG, JPEG, GIF, WebP, AVIF, BMP and SVG can.',
  pin: 'Pin',
  unpin: 'Unpin',
  cannotUndo: 'This can no longer be undone.',
  restore: 'Restore',
  recentlyDeleted: 'Recently deleted',
  backToNotes: 'Back to all notes',
  moreLines: (more: number) => `and ${n(more)} more`,
  writtenHere: 'Written here',
  foundNotes: 'Found notes',

  // As they stand on the keys of a keyboard.
  ctrlKey: 'Ctrl',
  altKey: 'Alt',
  shiftKey: 'Shift',
  enterKey: 'Enter',
  escKey: 'Esc',
  tabKey: 'Tab',
} as const;

/** A title as shown: one without a letter still has to be clicked on. */
export const shown = (title: string): string => title.trim() || S.untitled;
