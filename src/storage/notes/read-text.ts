/** What a note's text says of it, for `link-reader.ts`: fetched when a text first may say something. */
import { type Said, saidBy } from '../../markdown/said.ts';
import { readForLinks } from './read-links.ts';

export { aliasesIn } from '../../markdown/aliases.ts';
export { linkKeys } from './read-links.ts';
/** Tags and properties of a text, read so far. */
export const saidIn = (text: string, upTo?: number): Said => saidBy(readForLinks(text, upTo));
