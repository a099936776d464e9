import type { NoteMeta } from '../schema.ts';

/** Which tags of a note were given here, and which its file holds. Pure. */

/**
 * Tags that were given here. Of a note from before schema 7 those count as given here that its
 * stored text's front matter does not hold.
 * @param inText tags of the stored text's front matter; asked for such a note alone
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
 * What was given here, once a person has chosen other tags; undefined where only the stored text
 * tells (`givenTagsOf`).
 */
export function givenAfter(before: NoteMeta, tags: readonly string[]): string[] | undefined {
  const { givenTags, hashKind, importHash } = before;
  if (importHash === undefined) return [...tags];
  if (givenTags === undefined && hashKind === undefined) return undefined;
  return without(tags, without(before.tags, givenTags ?? []));
}

const without = (tags: readonly string[], others: readonly string[]): string[] =>
  tags.filter((tag) => !others.includes(tag));
