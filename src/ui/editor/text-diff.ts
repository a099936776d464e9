/** The one stretch in which two texts differ: `from` to `to` of the old becomes `insert`. */
export function changedStretch(
  old: string,
  now: string,
): { from: number; to: number; insert: string } {
  const most = Math.min(old.length, now.length);
  let from = 0;
  while (from < most && old.charCodeAt(from) === now.charCodeAt(from)) from++;
  let end = 0;
  while (
    end < most - from &&
    old.charCodeAt(old.length - 1 - end) === now.charCodeAt(now.length - 1 - end)
  ) {
    end++;
  }
  return { from, to: old.length - end, insert: now.slice(from, now.length - end) };
}
