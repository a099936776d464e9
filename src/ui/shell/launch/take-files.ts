import { FindlingError } from '../../../errors.ts';
import type { ImportedFile, NoteMeta, Notes } from '../../../storage/notes/index.ts';
import type { AppContext } from '../../core/context.ts';
import { toast } from '../../core/toasts.tsx';
import { importFiles, numbered } from '../../import/importer.ts';
import { L } from './later-words.ts';

export const { openedKept } = L;

/**
 * Makes notes of single files, through the importer. A file of the same name is not the same file
 * here, as it is in a folder: one with another text becomes a note beside the other. Says which
 * are no notes.
 *
 * @returns the ids of the notes that hold the files' texts now
 * @throws FindlingError `storage-full`: nothing was left half done; the rest can be tried again
 */
export async function takeFiles(
  { notes, engine }: AppContext,
  files: readonly File[],
  folder: string,
): Promise<string[]> {
  const ids = new Map<string, string>();
  const beside: Pick<Notes, 'import'> = {
    async import(batch, decide) {
      const outcomes = await notes.import(placed(batch, await notes.list()), decide);
      for (const { path, id } of outcomes) ids.set(path, id);
      return outcomes;
    },
  };
  const sources = files.map((file) => ({ path: `${folder}/${file.name}`, file }));
  const { skipped, stopped } = await importFiles(sources, {
    notes: beside,
    announce: (changed) => engine.announce(changed),
    now: () => performance.now(),
  });
  if (stopped) throw new FindlingError('storage-full');
  for (const { path, reason } of skipped) {
    // One that is here already is no news.
    if (!ids.has(path)) toast(L.notTaken(path.slice(folder.length + 1), reason));
  }
  return [...ids.values()];
}

/** Gives each file the path of the note that holds its very text, or one that is free. */
function placed(files: ImportedFile[], all: readonly NoteMeta[]): ImportedFile[] {
  const hashes = new Map(all.map(({ path, importHash }) => [path, importHash]));
  return files.map((file) => {
    let { path } = file;
    const known: (string | undefined)[] = [file.hash, file.textHash];
    for (let count = 2; hashes.has(path) && !known.includes(hashes.get(path)); count++) {
      path = numbered(file.path, count);
    }
    hashes.set(path, file.hash);
    return { ...file, path };
  });
}
