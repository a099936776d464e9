import type { Piece } from '../../query.ts';
import { insteadOf } from '../../query-operators.ts';
import { propertyText } from '../../query-properties.ts';
import { plainDate } from '../core/format.ts';
import { n, plural } from '../core/strings.ts';

/** Words of the search dialog: fetched with the first screen. */
export const W = {
  // Contract.
  searchBox: 'Search your notes',
  results: 'Results',
  noMatch: 'No notes match',
  showWeaker: 'Show weaker matches',

  nearest: 'Nothing fits well. Nearest:',
  corrected: (word: string, by: string) => `No notes match “${word}”. Showing “${by}”.`,
  asTyped: (word: string) => `Search for ${word} only`,

  searchHint: 'Type a few words, or what you mean.',
  recent: 'Recent',
  recentSearches: 'Recent searches',
  clearRecent: 'Clear recent searches',
  completions: 'Suggestions',
  filters: 'Filters',
  understood: (means: Piece['means']): string => {
    switch (means.kind) {
      case 'before':
      case 'after': {
        const until = (means.kind === 'before') !== means.not;
        return `${until ? 'Before' : 'From'} ${plainDate(means.at)}`;
      }
      case 'pinned':
        return means.not ? 'Not pinned' : 'Pinned';
      case 'comments':
        return means.not ? 'Without comments' : 'In comments';
      case 'property':
        return means.not ? `Not ${propertyText(means)}` : propertyText(means);
      case 'has':
        return means.not ? `Without ${means.value}` : `With ${means.value}`;
      case 'words':
        return means.not ? `Without “${means.value}”` : `“${means.value}”`;
      default: {
        const name = { tag: 'Tag', path: 'Path', title: 'Title' }[means.kind];
        return `${means.not ? `Not ${name.toLowerCase()}` : name}: ${means.value}`;
      }
    }
  },
  removeFilter: (piece: string) => `Remove filter ${piece}`,
  createNoteCalled: (title: string) => `Create note “${title}”`,
  hint: {
    date: (piece: string) =>
      `“${piece}” was searched as words: a date is 2024, May 2024, 2024-05-17 or last week.`,
    is: (piece: string) =>
      `“${piece}” was searched as words: only ${insteadOf(piece).join(', ')} is known.`,
    empty: (piece: string) => `Add something after “${piece}”.`,
    quote: (piece: string) => `“${piece}” was searched as words: its quotation mark is not closed.`,
  },
  found: (hits: number) => `${plural(hits, 'note', 'notes')} found`,
  searching: 'Searching…',
  byWordsOnly: 'Searching by words while the model loads',
  byWordsNoModel: 'Searching by words: the model is not available',
  byWordsUnknown: 'Searching by words: the model does not know these',
  notAllLoaded: (loaded: number, total: number) =>
    `Still reading your notes: ${n(loaded)} of ${n(total)}`,
  called: { alias: 'also called', file: 'file name', former: 'once called' },
  why: { words: 'words', meaning: 'meaning', title: 'title' },
  /** Instead of `words`, where the passage has none of them. */
  whyPlace: {
    heading: 'in a heading',
    link: 'in a link',
    language: 'in the language of a code block',
    property: 'in a property',
    comment: 'in a comment',
  },
  keys: { move: 'to move', open: 'to open', newTab: 'in a new tab', close: 'to close' },
} as const;
