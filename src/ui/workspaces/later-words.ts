import { n, plural } from '../core/strings.ts';

/** Words for the list of workspaces, and for what waits for a decision: fetched with them. */
export const L = {
  rename: 'Rename',
  renameWorkspace: (name: string) => `Rename “${name}”`,
  deleteWorkspace: (name: string) => `Delete “${name}”`,
  deleteWorkspaceHint: (name: string) =>
    `All notes in “${name}” are deleted for good. To go on, type its name.`,
  typeName: 'Name of the workspace',
  /** 0 where only earlier texts are left. */
  foundHint: (notes: number) =>
    notes === 1
      ? 'There is a note on this device that belongs to no workspace. Keep it as a workspace of its own, or delete it.'
      : `There are ${notes === 0 ? 'earlier texts of notes' : `${n(notes)} notes`} on this device that belong to no workspace. Keep them as a workspace of their own, or delete them.`,
  foundKept: (name: string) => `Kept as the workspace “${name}”.`,
  foundDeleted: 'Deleted the found notes.',
  deleteFound: 'Delete found notes',
  deleteFoundHint: (notes: number) =>
    notes === 1
      ? 'This note is deleted for good. To look at it first, keep it.'
      : `${notes === 0 ? 'These texts' : `All ${n(notes)} notes`} are deleted for good. To look at them first, keep them.`,
  keep: 'Keep',
  open: 'Open',
  discard: 'Discard',
  leftOver: 'Text that was not saved',
  leftOverHint: (workspace: string) =>
    `The workspace “${workspace}” was deleted in another tab before this text was saved.`,
  leftOverKeep: (workspace: string) => `Keep in “${workspace}”`,
  leftOverKept: (total: number, workspace: string) =>
    `Kept ${plural(total, 'note', 'notes')} in “${workspace}”.`,
  workspaceDeleted: (name: string) => `Deleted the workspace “${name}”.`,
} as const;
