/** What a note's text says of it, for `link-reader.ts`: fetched when a text first may say something. */
export { aliasesIn } from '../../markdown/aliases.ts';
export { linkKeys } from './read-links.ts';
