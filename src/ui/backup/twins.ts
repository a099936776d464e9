/** Which note here a backup's note may be, though their ids differ. Pure. */
import type { BackedUpNote, NoteMeta } from '../../storage/notes/index.ts';

/**
 * The same folder, imported twice in two browsers, gives notes with different ids. A note of a backup
 * is taken for one here that came from the same file with the same text (`importPath`,
 * `importHash`), or that has the same path, title and length; storage then looks whether its text is
 * the same, too. Each note here is given once.
 * @param notes all that are here before the restore
 */
export function twinFinder(notes: readonly NoteMeta[]): (note: BackedUpNote) => string | undefined {
  const ids = new Set(notes.map(({ id }) => id));
  const given = new Set<string>();
  const byFile = new Map<string, string>();
  const byText = new Map<string, string>();
  const fileKey = (path: string, hash: string) => `${hash} ${path}`;
  const textKey = (path: string, title: string, size: number) =>
    JSON.stringify([path, title, size]);
  for (const { id, path, title, size, importHash, importPath } of notes) {
    if (importHash !== undefined) byFile.set(fileKey(importPath ?? path, importHash), id);
    if (path) byText.set(textKey(path, title, size), id);
  }
  return ({ id, path, title, text, importHash, importPath }) => {
    if (ids.has(id)) return undefined;
    const candidates = [
      importHash === undefined ? undefined : byFile.get(fileKey(importPath ?? path, importHash)),
      byText.get(textKey(path, title, text.length)),
    ];
    const twin = candidates.find((one) => one !== undefined && !given.has(one));
    if (twin !== undefined) given.add(twin);
    return twin;
  };
}
