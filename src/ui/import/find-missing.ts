/** Looks, round an import, for notes whose files are not there any more. */
import { rootOfPath } from '../../paths.ts';
import type { Notes } from '../../storage/notes/index.ts';
import { type ImportResult, pathGiver } from './importer.ts';
import { formerPaths, type MissingFiles, missingFiles } from './missing.ts';
import { SKIP } from './skip-words.ts';
import type { Source } from './source.ts';

/** What an import tells of missing files. */
export interface Missing {
  /** Some of what was picked could not be read: then nothing is offered. */
  isUnsure: boolean;
  folders: MissingFiles[];
}

/** Reasons after which it is not known what was there. */
const NOT_READ = new Set<string>([
  SKIP.unreadable,
  SKIP.unreadableFolder,
  SKIP.cancelled,
  SKIP.stopped,
]);

/**
 * To be called before the import.
 * @returns to be called after it; gives null where nothing can be said, or nothing is missing
 */
export async function watchMissing(
  notes: Pick<Notes, 'list'>,
  sources: readonly Source[],
): Promise<(result: ImportResult) => Promise<Missing | null>> {
  const isFolder = sources.some(({ path }) => rootOfPath(path) !== '');
  const former = isFolder ? formerPaths(await notes.list(), sources) : new Map();
  return async ({ cancelled, stopped, skipped }) => {
    if (former.size === 0 || cancelled || stopped !== null) return null;
    const folders = missingFiles(former, await notes.list(), sources, pathGiver());
    if (folders.length === 0) return null;
    return { isUnsure: skipped.some(({ reason }) => NOT_READ.has(reason)), folders };
  };
}
