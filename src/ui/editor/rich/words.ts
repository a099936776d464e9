import { n } from '../../core/strings.ts';

/** Words of the rich editor: fetched with it. */
export const W = {
  findWords: {
    find: 'Find in note',
    next: 'Next match',
    previous: 'Previous match',
    close: 'Close find',
    count: (at: number, of: number, more: boolean) => {
      const total = more ? `${n(of)}+` : n(of);
      if (of === 0) return 'No matches';
      return at > 0 ? `${n(at)} of ${total}` : `${total} found`;
    },
  },
  /** The editor's own, by its names for them. */
  phrases: {
    'Control character': 'Control character',
    'current match': 'current match',
    'on line': 'on line',
    'Selection deleted': 'Selection deleted',
    Completions: 'Completions',
  },
} as const;
