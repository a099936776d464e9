/** Paths of notes and of files beside them, and addresses that may be one. Pure. */

/** All before the last part: `a/b/c.md` gives `a/b`; '' for none. */
export const folderOfPath = (path: string): string =>
  path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Its last part. */
export const fileOfPath = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The folder that was picked when a file was imported: its path's first part; '' for none. */
export const rootOfPath = (path: string): string => path.slice(0, Math.max(0, path.indexOf('/')));

/**
 * Where a relative path leads from a folder: `.` and `..` are followed.
 * @returns null where it leads out of all that is known
 */
export function joinPath(folder: string, relative: string): string | null {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/** The way from a folder to a path: `joinPath` from there leads to it. */
export function relativePath(folder: string, path: string): string {
  const from = folder === '' ? [] : folder.split('/');
  const to = path.split('/');
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}

/** Whether an address leads elsewhere: it names a scheme, or another host. */
export const isElsewhere = (address: string): boolean => /^[a-z][a-z\d+.-]*:|^\/\//i.test(address);

/** An address without its `%20`; as it stands where that is no such writing. */
export function decodedAddress(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
