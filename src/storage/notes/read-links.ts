/** What a note links to, by name: fetched when a text first may have links. */
import { parse } from '../../markdown/document.ts';
import { linksOf } from '../../markdown/links.ts';
import { linkKey } from './links.ts';

/** More are not looked at: a list of everything is no link to anything. */
const MOST = 2_000;
/** UTF-16 units: a longer text is read so far, or saving it would hold up the page. */
const LONGEST_READ = 200_000;

/** Distinct keys of all that a text links to; none of code or remarks. */
export function linkKeys(text: string): string[] {
  const keys = new Set<string>();
  for (const { kind, target } of linksOf(parse(text, LONGEST_READ))) {
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
