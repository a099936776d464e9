/** Words of the reading view: fetched with it. */
export const L = {
  tooLongToRead:
    'This note is too long for the reading view. It can be read and found in the editor.',
  imageGone: 'An image that is not here',
  embedsItself: '(it is shown around this already)',
  embedsNothing: 'Nothing stands there.',
  properties: 'Properties',
  task: 'Task',
  footnotes: 'Footnotes',
  footnote: (number: number) => `Footnote ${number}`,
  backToText: 'Back to the text',
} as const;
