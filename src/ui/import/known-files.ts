import type { NoteMeta } from '../../storage/notes/index.ts';

/** Which files need not be read. Pure. */

/**
 * A file is known where a note was imported from its path and is unchanged, and its size and time are
 * as they were then. Of a note that was changed here the file is read: they may be the same again.
 * @param notes all that are stored
 * @returns gives the note's id
 */
export function knownFiles(
  notes: readonly NoteMeta[],
): (path: string, file: Pick<File, 'size' | 'lastModified'>) => string | undefined {
  const byFile = new Map<string, NoteMeta>();
  const here = new Map<string, string>();
  for (const note of notes) {
    if (note.hashKind === 'bytes' && note.importPath !== undefined)
      byFile.set(note.importPath, note);
    if (note.path) here.set(note.path, note.id);
  }
  return (path, { size, lastModified }) => {
    const note = byFile.get(path);
    // Another note lies at its place here: which of them is meant is decided where they are read.
    if (!note || (here.get(path) ?? note.id) !== note.id) return undefined;
    if (note.file?.size !== size || note.file.time !== lastModified) return undefined;
    return note.importedRevision === note.revision ? note.id : undefined;
  };
}
