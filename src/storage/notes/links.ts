import { withoutNoteExtension } from '../../note-files.ts';
import type { NoteMeta } from '../schema.ts';
import { nameKey, pageIdOf, straightQuotes } from './link-names.ts';

/** The keys that the store `links` has for each note. */

/** The key of a link or a name: case, folders, ending and heading do not count. */
export function linkKey(target: string): string {
  const name = target.split(/[#|]/, 1)[0]!.replace(/^.*[/\\]/, '');
  return nameKey(withoutNoteExtension(name));
}

/** What a note can be linked by. */
export type LinkNames = Pick<NoteMeta, 'id' | 'title' | 'path'> &
  Partial<Pick<NoteMeta, 'importPath' | 'aliases' | 'formerTitles'>>;

/**
 * The keys of all links that may lead to a note: of its titles, its file's names and its aliases, with
 * any quotes. Rows from before quotes were one have the key as it was written.
 */
export function keysOfNote(note: Omit<LinkNames, 'id'>): string[] {
  const { title, path, importPath = '', aliases = [], formerTitles = [] } = note;
  const keys = [title, path, importPath, ...aliases, ...formerTitles].flatMap((name) => {
    const key = linkKey(name);
    return pageIdOf(key) === '' ? [key] : [key, key.slice(0, -33)];
  });
  return [...new Set(keys.flatMap((key) => [key, straightQuotes(key), curlyQuotes(key)]))].filter(
    Boolean,
  );
}

/** As programs write them. */
const curlyQuotes = (key: string): string =>
  key
    .replace(/'/g, '’')
    .replace(/(^|[\s(])"/g, '$1“')
    .replace(/"/g, '”');
