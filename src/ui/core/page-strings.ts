/** Words of several features that are fetched later: none of them is part of the first screen's code. */
export const P = {
  nothingToRead: 'Nothing written yet.',
  workBusy: 'An import or a restore is under way. Start the next one when it has ended.',
  exportCancelled: 'The export was cancelled.',
  leftOverDiscarded: 'Discarded the text.',
  save: 'Save',
  delete: 'Delete',
  deleteAllWord: 'delete',
  deleteAllType: 'Type “delete” to go on',
} as const;
