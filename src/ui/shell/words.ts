/** What the shell says: fetched with the first screen. */
export const W = {
  app: 'Findling',
  skipLink: 'Skip to content',
  storageCleared:
    'Your browser cleared Findling’s storage while it was open. The notes that were in it are gone from this device; what is open in the editor is kept.',
  deletedHere: (workspace: string) =>
    `The workspace “${workspace}” was deleted in another tab, so this tab shows another one.`,
  workspacesMissing: (names: string) =>
    `The notes of ${names} are no longer on this device, so another workspace is shown.`,
  deletionBlocked:
    'Another tab of Findling still has the notes open. Close it, and the deletion goes on.',
  deleting: 'Deleting…',
  // Contract.
  nav: 'Main',
  switchUnsaved:
    'A note is not saved yet, so this workspace stays open. Free some space and try again.',
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
  shareFailed:
    'What was shared could not be kept: storage is full, or it was too large. Free some space and share it again.',
} as const;
