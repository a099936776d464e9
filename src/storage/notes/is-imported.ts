import type { NoteMeta } from '../schema.ts';

/** Whether a note came from a file: its file has a name and a place of its own, then. */
export const isImported = ({
  importHash,
  importPath,
}: Pick<NoteMeta, 'importHash' | 'importPath'>): boolean =>
  importHash !== undefined || importPath !== undefined;
