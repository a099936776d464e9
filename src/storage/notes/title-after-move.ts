/** What a note is called once its file has another name. Pure. */
import { titleOf } from '../../note-title.ts';
import type { NoteMeta } from '../schema.ts';

/** Former titles that a note keeps. */
const MOST_FORMER = 10;

type Titled = Pick<
  NoteMeta,
  'title' | 'formerTitles' | 'keepsTitle' | 'importedRevision' | 'revision'
>;

/**
 * A note whose file was renamed takes the new name where nobody gave it another one here; its old
 * one stays a name that links and search know.
 * @param file the same text under its new path, with the title that it gives
 * @param from where the file lay before
 * @returns what changes; undefined where the title stays
 */
export function titleAfterMove(
  note: Titled,
  file: { title: string; text: string },
  from: string,
): Pick<NoteMeta, 'title' | 'formerTitles'> | undefined {
  if (note.keepsTitle || note.title === file.title) return undefined;
  const isUntouched =
    note.importedRevision === note.revision || note.title === titleOf(undefined, file.text, from);
  if (!isUntouched) return undefined;
  const others = (note.formerTitles ?? []).filter(
    (title) => title !== note.title && title !== file.title,
  );
  return { title: file.title, formerTitles: [note.title, ...others].slice(0, MOST_FORMER) };
}
