/** Which note a file was imported as before, though it lies elsewhere now. Pure. */
import { fileOfPath, rootOfPath } from '../../paths.ts';
import type { ImportedFile, NoteMeta } from '../../storage/notes/index.ts';

type Imported = Pick<NoteMeta, 'id' | 'path' | 'importPath' | 'importHash' | 'hashKind'>;
type Hashes = Pick<ImportedFile, 'hash' | 'textHash'>;

/**
 * A note moved here is known by the path of its file. A file moved outside is known by its text:
 * the same is there under the same picked folder, and what held it is not among these files.
 * @param paths of all files of this import
 * @returns finds the note's id by a file's path and its hashes; gives each note once
 */
export function formerNotes(
  notes: readonly Imported[],
  paths: ReadonlySet<string>,
): (path: string, hashes: Hashes) => string | undefined {
  const here = new Set(notes.map(({ path }) => path));
  const byFile = new Map<string, string>();
  const byText = new Map<string, { id: string; from: string }[]>();
  for (const { id, path, importPath, importHash, hashKind } of notes) {
    if (importHash === undefined) continue;
    const key = `${hashKind ?? ''} ${importHash}`;
    const from = importPath ?? path;
    if (from !== path) byFile.set(from, id);
    if (paths.has(from)) continue;
    const same = byText.get(key);
    if (same) same.push({ id, from });
    else byText.set(key, [{ id, from }]);
  }
  return (path, { hash, textHash }) => {
    if (here.has(path)) return undefined;
    const moved = byFile.get(path);
    if (moved) return moved;
    // '' for a file picked alone, of which nothing can be said.
    const root = rootOfPath(path);
    for (const key of [`bytes ${hash}`, ` ${textHash}`]) {
      const all = byText.get(key) ?? [];
      const near = root === '' ? [] : all.filter(({ from }) => rootOfPath(from) === root);
      const found =
        near.find(({ from }) => fileOfPath(from) === fileOfPath(path)) ??
        (near.length === 1 ? near[0] : undefined);
      if (!found) continue;
      all.splice(all.indexOf(found), 1);
      return found.id;
    }
    return undefined;
  };
}
