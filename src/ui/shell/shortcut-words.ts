/** Words of the list of shortcuts: fetched with it. */
export const L = {
  shortcuts: 'Keyboard shortcuts',
  shortcutGroups: { anywhere: 'Anywhere', note: 'In a note', search: 'In search' },
  shortcutNames: {
    search: 'Search',
    new: 'New note',
    today: 'Today’s note',
    help: 'These shortcuts',
    undoLast: 'Undo the last deletion',
    read: 'Read or edit',
    find: 'Find in note',
    bold: 'Bold',
    italic: 'Italic',
    undo: 'Undo, also of the last time',
    link: 'Follow the link at the caret',
    complete: 'Link to a note',
    leave: 'Leave the text',
    openResult: 'Open the result',
    newTab: 'Open it in a new tab',
  },
} as const;
