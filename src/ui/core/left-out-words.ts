import type { LeftOut } from '../../markdown/left-out.ts';
import { n, plural } from './strings.ts';

const KINDS = {
  encoded: 'encoded data, hashes and ids',
  key: 'keys and encrypted text',
  drawing: 'drawings as code',
  minified: 'code and data without spaces',
  logbook: 'times and ids that an app wrote',
} as const;

/** What search leaves out of a note: words of the editor and of Health, fetched later. */
export const LO = {
  notSearched: (characters: number) =>
    `${plural(characters, 'character is', 'characters are')} not searched`,
  why: 'No one searches for this, so it is kept out of the results:',
  kind: ({ kind, characters }: LeftOut) => `${KINDS[kind]}: ${n(characters)}`,
} as const;
