/** What is done to a note's folder, tags and pin, and how each is taken back. Pure. */
import type { MetaChange, NoteMeta } from '../../storage/notes/index.ts';

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((tag, i) => tag === b[i]);

/**
 * The tags that a person typed in the place of those that were shown.
 * @param tags as they are by now: what was added or taken away meanwhile stays so
 */
export function exchangeTags(
  tags: readonly string[],
  shown: readonly string[],
  typed: readonly string[],
): MetaChange | null {
  // Nothing else is there: the order that was typed holds as well.
  if (same(tags, shown)) return same(shown, typed) ? null : { tags: [...typed] };
  return retag(
    tags,
    shown.filter((tag) => !typed.includes(tag)),
    typed.filter((tag) => !shown.includes(tag)),
  );
}

/**
 * Tags with some taken away and others put behind them; null where that changes nothing.
 * @param add those that it has already stay where they are
 */
function retag(
  tags: readonly string[],
  remove: readonly string[],
  add: readonly string[],
): MetaChange | null {
  const next = [...new Set([...tags.filter((tag) => !remove.includes(tag)), ...add])];
  return same(tags, next) ? null : { tags: next };
}

/**
 * Takes back one change, and only where it still stands: what was done to the note since stays.
 * @param before the note before the change
 * @param after the note as the change left it
 * @param now the note as it is
 * @param freePath a path that no other note has, as near to this one as can be
 */
export function takeBack(
  before: NoteMeta,
  after: NoteMeta,
  now: NoteMeta,
  freePath: (path: string) => string,
): MetaChange | null {
  const change: MetaChange = {};
  if (before.pinned !== after.pinned && now.pinned === after.pinned) change.pinned = before.pinned;
  if (before.path !== after.path && now.path === after.path) change.path = freePath(before.path);
  if (same(now.tags, after.tags)) {
    if (!same(before.tags, after.tags)) change.tags = before.tags;
  } else {
    const added = after.tags.filter((tag) => !before.tags.includes(tag));
    const removed = before.tags.filter((tag) => !after.tags.includes(tag));
    Object.assign(change, retag(now.tags, added, removed));
  }
  return Object.keys(change).length > 0 ? change : null;
}
