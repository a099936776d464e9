/** A change of a text in one place: `from` to `to` of the old becomes `insert`. Pure. */
export interface TextChange {
  /** UTF-16 units in the old text. */
  from: number;
  to: number;
  insert: string;
}

/** Compared as one string, UTF-16 units: a hundred times as fast as unit by unit. */
const BLOCK_UNITS = 32_768;

/** The one change that makes `now` of `old`, as small as it can be. */
export function textChange(old: string, now: string): TextChange {
  const most = Math.min(old.length, now.length);
  let from = 0;
  while (
    from + BLOCK_UNITS <= most &&
    old.slice(from, from + BLOCK_UNITS) === now.slice(from, from + BLOCK_UNITS)
  ) {
    from += BLOCK_UNITS;
  }
  while (from < most && old.charCodeAt(from) === now.charCodeAt(from)) from++;
  let end = 0;
  while (
    end + BLOCK_UNITS <= most - from &&
    old.slice(old.length - end - BLOCK_UNITS, old.length - end) ===
      now.slice(now.length - end - BLOCK_UNITS, now.length - end)
  ) {
    end += BLOCK_UNITS;
  }
  while (
    end < most - from &&
    old.charCodeAt(old.length - 1 - end) === now.charCodeAt(now.length - 1 - end)
  ) {
    end++;
  }
  return { from, to: old.length - end, insert: now.slice(from, now.length - end) };
}

/** @returns the changed text; null where the change does not lie within `old` */
export function applyChange(old: string, { from, to, insert }: TextChange): string | null {
  if (!(from >= 0 && from <= to && to <= old.length)) return null;
  return old.slice(0, from) + insert + old.slice(to);
}

/**
 * Two changes, one after the other, as one change of the first text.
 * @param middle the text between them: `first` applied
 */
export function joinChanges(first: TextChange, second: TextChange, middle: string): TextChange {
  const inserted = first.from + first.insert.length;
  const from = Math.min(first.from, second.from);
  const end = Math.max(inserted, second.to);
  return {
    from,
    to: end - inserted + first.to,
    insert: middle.slice(from, second.from) + second.insert + middle.slice(second.to, end),
  };
}
