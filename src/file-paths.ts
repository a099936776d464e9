/** Which of the files kept with the notes an address in a note names. Pure. */
import {
  decodedAddress,
  fileOfPath,
  folderOfPath,
  isElsewhere,
  joinPath,
  rootOfPath,
} from './paths.ts';

/** A path, or a name, as it is compared: case and Unicode form do not count. */
export const pathKey = (path: string): string =>
  // A sigma is another letter at a word's end: in a longer text, the same name could differ.
  path.normalize('NFC').toLowerCase().replaceAll('ς', 'σ');

/** Finds a file by its address in a note. */
export interface FileFinder<T> {
  /**
   * @param address as it stands in the note, escapes resolved
   * @param notePaths the note's path here, then its file's path at import; '' or absent is passed over
   */
  find(address: string, notePaths: readonly (string | undefined)[]): T | undefined;
}

/**
 * The one way from an address to a file: relative to the note's path here, then to its file's path at
 * import, then from the folder that was picked, then by name anywhere (of an address with folders, in
 * folders that end so), the nearest folder first.
 */
export function fileFinder<T extends { path: string }>(files: Iterable<T>): FileFinder<T> {
  const byPath = new Map<string, T>();
  const byKey = new Map<string, T>();
  const byName = new Map<string, T[]>();
  for (const file of files) {
    byPath.set(file.path, file);
    const key = pathKey(file.path);
    if (!byKey.has(key)) byKey.set(key, file);
    const name = fileOfPath(key);
    const same = byName.get(name);
    if (same) same.push(file);
    else byName.set(name, [file]);
  }
  const at = (path: string): T | undefined => byPath.get(path) ?? byKey.get(pathKey(path));

  function findTarget(target: string, notePaths: readonly string[]): T | undefined {
    const own = target.startsWith('/') ? [] : notePaths.map(folderOfPath);
    for (const folder of [...own, ...notePaths.map(rootOfPath), '']) {
      const path = joinPath(folder, target);
      const found = path === null ? undefined : at(path);
      if (found) return found;
    }
    const parts = target.split('/').filter((part) => part !== '' && !/^\.{1,2}$/.test(part));
    const ending = pathKey(`/${parts.join('/')}`);
    const all = (byName.get(fileOfPath(ending)) ?? []).filter(({ path }) =>
      pathKey(`/${path}`).endsWith(ending),
    );
    return all.length > 1 ? nearest(all, notePaths[0] ?? '') : all[0];
  }

  return {
    find(address, notePaths) {
      if (byPath.size === 0) return undefined;
      const paths = notePaths.filter((path) => path !== undefined && path !== '') as string[];
      for (const target of targetsOf(address)) {
        const found = findTarget(target, paths);
        if (found) return found;
      }
      return undefined;
    },
  };
}

/** What an address may mean, the likeliest first: a file's name may hold `%`, `#` and `?`. */
function targetsOf(address: string): Set<string> {
  const targets = new Set<string>();
  const bare = address.trim();
  // Elsewhere: the web, another host, a place in the note.
  if (isElsewhere(bare) || bare.startsWith('#')) return targets;
  for (const one of [bare, bare.replace(/[?#].*$/s, '')]) {
    for (const target of [decodedAddress(one), one]) {
      const path = target.replaceAll('\\', '/');
      if (path !== '' && !path.endsWith('/')) targets.add(path);
    }
  }
  return targets;
}

const folders = (path: string): string[] => pathKey(path).split('/').slice(0, -1);

/** Fewest steps from the note's folder; then the shorter path, then the first by letters. */
function nearest<T extends { path: string }>(all: readonly T[], notePath: string): T {
  const from = folders(notePath);
  const steps = ({ path }: T): number => {
    const to = folders(path);
    let shared = 0;
    while (shared < from.length && from[shared] === to[shared]) shared++;
    return from.length + to.length - 2 * shared;
  };
  return all.reduce((best, one) => {
    const order =
      steps(one) - steps(best) ||
      one.path.length - best.path.length ||
      (one.path < best.path ? -1 : 1);
    return order < 0 ? one : best;
  });
}
