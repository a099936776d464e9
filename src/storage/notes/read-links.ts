/** What a note links to: fetched when a text first may have links. */
import { type NoteDocument, parse } from '../../markdown/document.ts';
import { type Link, linksOf } from '../../markdown/links.ts';
import { isNoteFile } from '../../note-files.ts';
import { type LinkTarget, readAddress } from './link-index.ts';
import { mayBeNote, straightQuotes } from './link-names.ts';
import { linkKey } from './links.ts';
import { READ_AT_ONCE } from './may-link.ts';

/** More are not looked at: a list of everything is no link to anything. */
const MOST = 2_000;
/**
 * A text's beginning, as far as its links are looked at.
 * @param upTo about how many UTF-16 units: a longer text would hold up whoever saves it
 */
export const readForLinks = (text: string, upTo = READ_AT_ONCE): NoteDocument => parse(text, upTo);

/** What a link names a note by; null for what leads elsewhere. */
export function noteTarget({ kind, target, heading, block }: Link): LinkTarget | null {
  // `![…](note.md)` shows a note in its place.
  if (kind === 'address' || (kind === 'image' && !isNoteFile(target))) return null;
  const isName = kind === 'wiki' || kind === 'embed';
  const place = block === undefined ? heading : `^${block}`;
  const written = place === undefined ? target : `${target}#${place}`;
  return { kind: isName ? 'name' : 'address', written };
}

/** Distinct keys of all that a text links to, read so far; none of code or remarks. */
export function linkKeys(text: string, upTo?: number): string[] {
  const keys = new Set<string>();
  for (const link of linksOf(readForLinks(text, upTo))) {
    const key = keyOf(link);
    if (!key || keys.size >= MOST) continue;
    keys.add(key);
    // Found by the other quotes, too.
    keys.add(straightQuotes(key));
  }
  return [...keys];
}

function keyOf(link: Link): string {
  const to = noteTarget(link);
  if (to?.kind === 'name') return linkKey(link.target);
  const path = to ? readAddress(to.written).target : '';
  return mayBeNote(path, true) ? linkKey(path) : '';
}
