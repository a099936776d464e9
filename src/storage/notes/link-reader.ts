/**
 * Reads what a text links to, by code that is fetched when it is first needed: the first screen does
 * without it, and no save waits for it.
 */
import type { WorkspaceDb } from '../db.ts';
import { isLongToRead, mayLink } from './may-link.ts';

let read: ((text: string) => string[]) | null = null;
let fetching: Promise<void> | null = null;

/** Keys of the notes that a text links to; null while that cannot be read yet. */
export const linksIn = (text: string): string[] | null =>
  mayLink(text) ? (read?.(text) ?? null) : [];

/** Fetches the reader. What fails is tried again when it is next asked for. */
export function fetchLinkReader(): Promise<void> {
  fetching ??= import('./read-links.ts').then(
    ({ linkKeys }) => {
      read = linkKeys;
    },
    () => {
      fetching = null;
    },
  );
  return fetching;
}

/** Whether a text was written without its links, which are due then. */
export const linksAreDue = (text: string): boolean => read === null && mayLink(text);

/** Writes the links of a note's text as it is by now. */
export async function writeDueLinks(db: WorkspaceDb, note: string): Promise<void> {
  await fetchLinkReader();
  const before = (await db.get('bodies', note))?.text ?? '';
  // A long one elsewhere: where that cannot be, the links of its beginning stay.
  const whole = isLongToRead(before.length)
    ? await (await import('./links-apart.ts')).linksApart.of(before)
    : undefined;
  const tx = db.transaction(['bodies', 'links'], 'readwrite');
  const body = await tx.objectStore('bodies').get(note);
  const to = body && (whole && body.text === before ? whole : linksIn(body.text));
  if (to && to.length > 0) await tx.objectStore('links').put({ note, to });
  else if (to) await tx.objectStore('links').delete(note);
  await tx.done;
}
