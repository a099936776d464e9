/**
 * Reads what a text links to, and the other names that it gives its note, by code that is fetched
 * when it is first needed: the first screen does without it, and no save waits for it.
 */
import type { WorkspaceDb } from '../db.ts';
import type { NoteMeta } from '../schema.ts';
import { isLongToRead, mayLink } from './may-link.ts';
import type * as ReadText from './read-text.ts';

let read: typeof ReadText | null = null;
let fetching: Promise<void> | null = null;

/** UTF-16 units: aliases stand in the front matter, or right below it. */
const BEGINNING = 70_000;

/** Only such a text may have aliases. */
const mayHaveAliases = (text: string): boolean =>
  /alias(?:es)?["']?[ \t]*:/i.test(text.slice(0, BEGINNING));

/** Keys of the notes that a text links to; null while that cannot be read yet. */
export const linksIn = (text: string): string[] | null =>
  mayLink(text) ? (read?.linkKeys(text) ?? null) : [];

/** Other names that a text gives its note; null while they cannot be read yet. */
const aliasesOf = (text: string): string[] | null =>
  mayHaveAliases(text) ? (read?.aliasesIn(text) ?? null) : [];

/** A note with the aliases of its text; with those it had while they cannot be read yet. */
export function withAliases(meta: NoteMeta, text: string): NoteMeta {
  const aliases = aliasesOf(text);
  if (!aliases || sameNames(aliases, meta.aliases ?? [])) return meta;
  const { aliases: _, ...others } = meta;
  return aliases.length > 0 ? { ...others, aliases } : others;
}

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);

/** Fetches the reader. What fails is tried again when it is next asked for. */
export function fetchLinkReader(): Promise<void> {
  fetching ??= import('./read-text.ts').then(
    (reader) => {
      read = reader;
    },
    () => {
      fetching = null;
    },
  );
  return fetching;
}

/** Whether a text was written without its links or its aliases, which are due then. */
export const linksAreDue = (text: string): boolean =>
  read === null && (mayLink(text) || mayHaveAliases(text));

/**
 * Writes the links and the aliases of a note's text as it is by now.
 * @returns whether its aliases are others than were stored
 */
export async function writeDueLinks(db: WorkspaceDb, note: string): Promise<boolean> {
  await fetchLinkReader();
  const before = (await db.get('bodies', note))?.text ?? '';
  // A long one elsewhere: where that cannot be, the links of its beginning stay.
  const whole = isLongToRead(before.length)
    ? await (await import('./links-apart.ts')).linksApart.of(before)
    : undefined;
  const tx = db.transaction(['bodies', 'links', 'notes'], 'readwrite');
  const [body, meta] = await Promise.all([
    tx.objectStore('bodies').get(note),
    tx.objectStore('notes').get(note),
  ]);
  const to = body && (whole && body.text === before ? whole : linksIn(body.text));
  if (to && to.length > 0) await tx.objectStore('links').put({ note, to });
  else if (to) await tx.objectStore('links').delete(note);
  const named = meta && body && withAliases(meta, body.text);
  if (named && named !== meta) await tx.objectStore('notes').put(named);
  await tx.done;
  return named !== undefined && named !== meta;
}
