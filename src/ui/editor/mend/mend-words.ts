import { n, plural } from '../../core/strings.ts';

/** Titles named in one sentence. */
const NAMED = 3;

const some = (titles: readonly string[]): string => {
  const named = titles.slice(0, NAMED).map((title) => `“${title}”`);
  const more = titles.length - named.length;
  return named.join(', ') + (more > 0 ? ` and ${n(more)} more` : '');
};
const link = (notes: number): string => (notes === 1 ? 'links' : 'link');

/** Words for links to a note that was renamed or moved: fetched when one was. */
export const L = {
  offer: (notes: number) =>
    `${plural(notes, 'note', 'notes')} ${link(notes)} here. Update ${notes === 1 ? 'its' : 'their'} links?`,
  update: 'Update',
  leave: 'Leave',
  updated: (notes: number) => `Updated the links in ${plural(notes, 'note', 'notes')}.`,
  leftAlone: (titles: readonly string[]) =>
    `Not updated, as the text is being changed elsewhere: ${some(titles)}. Its links still lead to this note.`,
  leftTyped: (title: string) => `“${title}” is being changed in another tab. Nothing was written.`,
  leftBroken: (titles: readonly string[]) =>
    `Not updated, as the text is being changed elsewhere: ${some(titles)}. Its links by path lead nowhere now.`,
  noneUpdated: 'No links were updated.',
  taken: (title: string) => `Another note is called “${title}”, too.`,
  cannotStand: (title: string) =>
    `Links cannot name “${title}”: [ ] | # and ^ have a meaning of their own there.`,
  stay: (notes: number, former: string) =>
    `${plural(notes, 'note', 'notes')} ${link(notes)} here by “${former}”, which still leads here.`,
  linked: (title: string) => `Made a link in “${title}”.`,
  changedMeanwhile: 'This text has changed since. Nothing was written.',
  tagsTakenOut: (said: string, notes: number) =>
    `${said}. Changed the text of ${plural(notes, 'note', 'notes')}.`,
  tagsLeft: (titles: readonly string[]) =>
    `The text could not be changed in ${some(titles)}; the tag stands there still.`,
  movedAndUpdated: (said: string, notes: number) =>
    `${said}. Updated the links in ${plural(notes, 'note', 'notes')}.`,
} as const;
