import { plural } from '../core/strings.ts';

/** Words of *Recently deleted*: fetched with it. */
export const L = {
  deletedHint: 'Deleted notes are kept for 30 days, then they go for good.',
  nothingDeleted: 'Nothing was deleted in the last 30 days.',
  deletedOn: (date: string) => `Deleted ${date}`,
  keptUntil: (date: string) => `kept until ${date}`,
  goesSoon: 'goes for good soon',
  showDeleted: 'Read it',
  moreCharacters: (more: string) => `${more} more characters are not shown here.`,
  deleteForGood: 'Delete for good',
  sureForGood: (title: string) => `Delete “${title}” for good?`,
  sureForGoodHint:
    'Its text, its earlier versions and all that search knows of it are deleted. This cannot be undone.',
  deletedForGood: (title: string) => `Deleted “${title}” for good`,
  deleteAllForGood: 'Delete all for good',
  deleteAllForGoodHint: (total: number) =>
    `${plural(total, 'deleted note', 'deleted notes')} with all earlier versions. This cannot be undone.`,
  deletedAllForGood: (total: number) => `Deleted ${plural(total, 'note', 'notes')} for good`,
  deletedMany: (total: number) => `Deleted ${plural(total, 'note', 'notes')}`,
} as const;
