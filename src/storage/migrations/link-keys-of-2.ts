/** What the second step read of links, as it was then. */
import { linkKey } from '../notes/links.ts';

/** More are not looked at: a list of everything is no link to anything. */
const MOST = 2_000;
/** `[[Name]]`, `[[folder/Name#Heading|shown]]`. */
const WIKI = /\[\[([^[\]\n]{1,500})\]\]/g;
/** `[shown](folder/Name.md)`, relative, of a Markdown file. */
const FILE = /\]\(<?([^()<>\n]{1,1000}?\.(?:md|markdown))(?:#[^()<>\n]*)?>?\)/gi;

/** Distinct keys of all that a text links to. */
export function linkKeys(text: string): string[] {
  const keys = new Set<string>();
  const add = (target: string): void => {
    const key = linkKey(target);
    if (key && keys.size < MOST) keys.add(key);
  };
  if (text.includes('[[')) for (const [, target] of text.matchAll(WIKI)) add(target!);
  if (text.includes('](')) for (const [, target] of text.matchAll(FILE)) add(decoded(target!));
  return [...keys];
}

function decoded(target: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return '';
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
