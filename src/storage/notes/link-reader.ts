/**
 * Reads what a text links to, and the other names that it gives its note, by code that is fetched
 * when it is first needed: the first screen does without it, and no save waits for it.
 */
import type { Said } from '../../markdown/said.ts';
import type { WorkspaceDb } from '../db.ts';
import type { NoteMeta } from '../schema.ts';
import { withSaid } from './given-tags.ts';
import { isLongToRead, mayLink, maySay } from './may-link.ts';
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

/**
 * A note with the tags and properties that its text says, and the tags that were given here; as it
 * was while they cannot be read yet.
 * @param said what the text says, where that is read already
 */
export function withTags(meta: NoteMeta, text: string, said?: Said): NoteMeta {
  const known =
    said ?? (maySay(text) ? read?.saidIn(text) : { front: [], text: [], properties: [] });
  return known ? withSaid(meta, known) : meta;
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

/** Whether a text was written without its links, aliases or tags, which are due then. */
export const linksAreDue = (text: string): boolean =>
  read === null && (mayLink(text) || mayHaveAliases(text) || maySay(text));

/**
 * Writes what a note's text has as it is by now: its links, aliases, tags and properties.
 * @returns whether its aliases, tags or properties are others than were stored
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
  const isSame = body?.text === before;
  const to = body && (whole && isSame ? whole.links : linksIn(body.text));
  if (to && to.length > 0) await tx.objectStore('links').put({ note, to });
  else if (to) await tx.objectStore('links').delete(note);
  const said = isSame ? whole?.said : undefined;
  const named = meta && body && withTags(withAliases(meta, body.text), body.text, said);
  if (named && named !== meta) await tx.objectStore('notes').put(named);
  await tx.done;
  return named !== undefined && named !== meta;
}
