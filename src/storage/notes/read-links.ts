/** What a note links to, by name: fetched when a text first may have links. */
import { parse } from '../../markdown/document.ts';
import { linksOf } from '../../markdown/links.ts';
import { linkKey } from './links.ts';
import { READ_AT_ONCE } from './may-link.ts';

/** More are not looked at: a list of everything is no link to anything. */
const MOST = 2_000;
/**
 * Distinct keys of all that a text links to; none of code or remarks.
 * @param upTo about how many UTF-16 units are read: a longer text would hold up whoever saves it
 */
export function linkKeys(text: string, upTo = READ_AT_ONCE): string[] {
  const keys = new Set<string>();
  for (const { kind, target } of linksOf(parse(text, upTo))) {
    const isNote = kind === 'wiki' || kind === 'embed' || isNoteFile(target);
    const key = isNote ? linkKey(kind === 'link' ? decoded(target) : target) : '';
    if (key && keys.size < MOST) keys.add(key);
  }
  return [...keys];
}

/** A relative path of a Markdown file. */
const isNoteFile = (target: string): boolean =>
  /\.(?:md|markdown)$/i.test(target) && !/^[a-z][a-z\d+.-]*:|^\/\//i.test(target);

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
