import type { Said } from '../../markdown/said.ts';
import type { NoteMeta } from '../schema.ts';

/** Which tags of a note were given here, and which stand in its text. Pure. */

/**
 * Tags that were given here. Of a note of which that was not written down those count that its stored
 * text does not hold.
 * @param inText tags of the stored text; asked for such a note alone
 */
export function givenTagsOf(
  { tags, givenTags, hashKind }: NoteMeta,
  inText: () => readonly string[],
): string[] {
  if (givenTags !== undefined) return givenTags;
  return hashKind === 'bytes' ? [] : without(tags, inText());
}

/** Tags of a file, and behind them those that were given here: each once. */
export const withGiven = (inFile: readonly string[], given: readonly string[]): string[] => [
  ...new Set([...inFile, ...given]),
];

/**
 * What was given here, once a person has chosen other tags: those that do not stand in the text;
 * undefined where only the stored text tells (`givenTagsOf`).
 */
export function givenAfter(before: NoteMeta, tags: readonly string[]): string[] | undefined {
  if (before.importHash === undefined && before.givenTags === undefined) return [...tags];
  if (!isTold(before)) return undefined;
  return without(tags, standingIn(before));
}

/** Tags of a note that stand in its text, as far as that is known. */
export const standingIn = (note: NoteMeta): string[] =>
  isTold(note) ? without(note.tags, note.givenTags ?? []) : [];

const isTold = ({ givenTags, hashKind }: NoteMeta): boolean =>
  givenTags !== undefined || hashKind === 'bytes';

/** By what tags are the same: `#Work` is `#work`. */
export const tagKey = (tag: string): string => tag.normalize('NFC').toLowerCase();

/** All of these tags, each once, as it is first written. */
export function allTags(...lists: readonly (readonly string[])[]): string[] {
  const all = new Map<string, string>();
  for (const tag of lists.flat()) if (!all.has(tagKey(tag))) all.set(tagKey(tag), tag);
  return [...all.values()];
}

/**
 * A note with what its text says: tags of its front matter, of its text, and behind them those that
 * were given here, which no text takes away.
 */
export function withSaid(meta: NoteMeta, { front, text, properties }: Said): NoteMeta {
  const given = givenTagsOf(meta, () => [...front, ...text]);
  const tags = allTags(front, text, given);
  const { properties: before = [], ...others } = meta;
  // Which of them were given is not to be told by a later text.
  const told = isTold(meta) || tags.length === 0;
  const same =
    told &&
    JSON.stringify(tags) === JSON.stringify(meta.tags) &&
    JSON.stringify(properties) === JSON.stringify(before);
  if (same) return meta;
  return {
    ...others,
    tags,
    ...(!told && { givenTags: given }),
    ...(properties.length > 0 && { properties }),
  };
}

const without = (tags: readonly string[], others: readonly string[]): string[] =>
  tags.filter((tag) => !others.includes(tag));
