import { withoutNoteExtension } from '../../note-files.ts';

/** What a note links to, by name. Pure. */

/** Links of a note that are looked at: a list of everything is no link to anything. */
const MOST = 2_000;
/** `[[Name]]`, `[[folder/Name#Heading|shown]]`. */
const WIKI = /\[\[([^[\]\n]{1,500})\]\]/g;
/** `[shown](folder/Name.md)`, relative, of a Markdown file. */
const FILE = /\]\(<?([^()<>\n]{1,1000}?\.(?:md|markdown))(?:#[^()<>\n]*)?>?\)/gi;

/** The name that a link or a note goes by: case, folders, ending and heading do not count. */
export function linkKey(target: string): string {
  const name = target.split(/[#|]/, 1)[0]!.replace(/^.*[/\\]/, '');
  return withoutNoteExtension(name).normalize('NFC').trim().toLowerCase();
}

/** The names that a note can be linked by: its title, and its file's name. */
export function keysOfNote({ title, path }: { title: string; path: string }): string[] {
  // A title may hold a slash or a `#`, and no link to it can: only the name as a whole counts.
  const named = title.normalize('NFC').trim().toLowerCase();
  return [...new Set([named, linkKey(title), linkKey(path)])].filter(Boolean);
}

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
