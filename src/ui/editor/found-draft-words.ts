/** Words for text that an ended tab left: fetched when there is some. */
export const L = {
  foundDrafts: 'Text that was not saved',
  foundDraftsHint:
    'It was typed in a tab that ended before it was saved, and its note is not here any more.',
  keepDraft: 'Keep as a new note',
  discardDraft: 'Discard',
  draftKept: 'Kept as a new note.',
} as const;
