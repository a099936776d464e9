/**
 * Whether a file's name may be that of a conflict copy: cheap, for all notes of a list. What it is
 * says `copy-names`, which is fetched then.
 */
export const mayBeCopy = ({ path, importPath }: { path: string; importPath?: string }): boolean =>
  /confl|konfli| \(?\d{1,2}\)?(?:\.\w+)?$/i.test(importPath ?? path);
