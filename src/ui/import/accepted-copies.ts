/** Conflict copies that were kept as versions and are not brought back. Pure. */
import type { ImportedFile, NoteMeta } from '../../storage/notes/index.ts';

/**
 * A file is known where it has the path and the bytes of a copy that was accepted, and no note has
 * its path: one that was made a note again is imported as any other.
 * @returns gives the title of the note that keeps it
 */
export function acceptedCopies(
  notes: readonly NoteMeta[],
): (file: Pick<ImportedFile, 'path' | 'hash' | 'textHash'>) => string | undefined {
  const kept = new Map<string, { title: string; hash: string; hashKind?: 'bytes' | undefined }>();
  for (const { title, copies = [] } of notes) {
    for (const { path, hash, hashKind } of copies) {
      if (path !== undefined && hash !== undefined) kept.set(path, { title, hash, hashKind });
    }
  }
  if (kept.size === 0) return () => undefined;
  const here = new Set(notes.flatMap(({ path, importPath }) => [path, importPath ?? path]));
  return (file) => {
    const one = here.has(file.path) ? undefined : kept.get(file.path);
    if (!one) return undefined;
    const hash = one.hashKind === 'bytes' ? file.hash : file.textHash;
    return one.hash === hash ? one.title : undefined;
  };
}
