/** What of a picked folder is no one's notes: what apps and systems keep for themselves. Pure. */

/** Folders of apps, editors, synchronisation and systems; those that begin with a dot, too. */
const FOLDERS = new Set([
  'node_modules',
  '__macosx',
  '@eadir',
  '#recycle',
  '$recycle.bin',
  'system volume information',
]);
/** What Logseq keeps of former versions, below its own folder. */
const LOGSEQ = /(?:^|\/)logseq\/bak$/i;
/** Locks, temporary files and what file managers write. */
const FILES =
  /^(?:\.|~\$|~.*\.tmp$|thumbs\.db$|desktop\.ini$|.*(?:\.(?:tmp|temp|swp|swo|crdownload|part)|~)$)/i;
/** A file that iCloud has not fetched: `.note.md.icloud`. */
const PLACEHOLDER = /(?:^|\/)\.([^/]+)\.icloud$/i;

/** The file that a placeholder of iCloud stands for; null for any other. */
export function placeholderOf(path: string): string | null {
  const name = PLACEHOLDER.exec(path)?.[1];
  return name === undefined ? null : path.slice(0, path.lastIndexOf('/') + 1) + name;
}

/**
 * Where a file lies that is left out: the name of the outermost such folder, or the file's own. What
 * was picked itself is never left out.
 *
 * @param path begins with the picked folder; a file alone has no folder
 * @returns null for a file that is not
 */
export function leftOutIn(path: string): string | null {
  const parts = path.split('/');
  for (let i = 1; i < parts.length - 1; i++) {
    const folder = parts[i]!;
    const isOne = folder.startsWith('.') || FOLDERS.has(folder.toLowerCase());
    if (isOne || LOGSEQ.test(parts.slice(0, i + 1).join('/'))) return folder;
  }
  const file = parts.at(-1)!;
  return parts.length > 1 && FILES.test(file) ? file : null;
}

/** Files that were left out, by where they lay, the most first. */
export type LeftOut = { name: string; files: number }[];

/** Counts them. */
export function countLeftOut(names: readonly string[]): LeftOut {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, files]) => ({ name, files }))
    .sort((a, b) => b.files - a.files || (a.name < b.name ? -1 : 1));
}
