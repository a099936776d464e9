/** Which notes' files are not there any more, once their folder was imported again. Pure. */
import { folderOfPath, rootOfPath } from '../../paths.ts';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { leftOutIn, placeholderOf } from './left-out.ts';
import type { Source } from './source.ts';

/** Of the former paths of a folder that may be missing before it is asked which folder this is. */
const MOST_MISSING = 1 / 5;

/** What is missing of one folder that was picked before and now. */
export interface MissingFiles {
  /** The folder's name. */
  root: string;
  /** Paths that were imported from it before … */
  former: number;
  /** … and how many of them are not there, those of files that were moved included. */
  absent: number;
  /** So much is missing that it may be another folder of that name. */
  isDoubtful: boolean;
  /** Notes that are as their file was. */
  gone: NoteMeta[];
  /** The same, but with their file its whole folder is not there: a browser may have passed it over. */
  withFolder: NoteMeta[];
  /** Notes that were changed here since. */
  changed: NoteMeta[];
}

/** Paths by the folder that was picked. */
export type FormerPaths = ReadonlyMap<string, readonly string[]>;

const fileOf = ({ path, importPath }: NoteMeta): string => importPath ?? path;
const isFromFile = ({ importHash }: NoteMeta): boolean => importHash !== undefined;

/** A disk may write the same name in another form of Unicode than it did. */
const oneForm = (path: string): string => path.normalize('NFC');

/** Whether a person did anything to a note after it was imported. */
const wasChangedHere = (note: NoteMeta): boolean =>
  note.importedRevision !== note.revision ||
  note.pinned ||
  (note.givenTags?.length ?? 0) > 0 ||
  note.path !== fileOf(note);

/**
 * What was imported before from the folders that are picked now. To be asked before the import.
 * @returns nothing for files that were picked alone
 */
export function formerPaths(
  notes: readonly NoteMeta[],
  sources: readonly Pick<Source, 'path'>[],
): FormerPaths {
  const roots = new Set(sources.map(({ path }) => rootOfPath(path)));
  const all = new Map<string, string[]>();
  for (const note of notes) {
    const path = fileOf(note);
    const root = rootOfPath(path);
    // What is left out by rule says nothing by not being there.
    if (root === '' || !roots.has(root) || !isFromFile(note) || leftOutIn(path) !== null) continue;
    const same = all.get(root);
    if (same) same.push(path);
    else all.set(root, [path]);
  }
  return all;
}

/**
 * Compares what was there with what is. To be asked after a whole import, of the notes as they are
 * then: those whose file was only moved have its new path.
 * @param given gives files of one path paths of their own, as the import did
 */
export function missingFiles(
  former: FormerPaths,
  notes: readonly NoteMeta[],
  sources: readonly Pick<Source, 'path'>[],
  given: (path: string) => string,
): MissingFiles[] {
  const here = new Set<string>();
  const folders = new Set<string>();
  for (const { path } of sources) {
    // A placeholder stands for its file.
    for (const one of [path, given(path), placeholderOf(path)]) {
      if (one === null) continue;
      here.add(oneForm(one));
      for (let at = folderOfPath(one); at && !folders.has(oneForm(at)); at = folderOfPath(at)) {
        folders.add(oneForm(at));
      }
    }
  }
  const found: MissingFiles[] = [];
  for (const [root, paths] of former) {
    const absentPaths = new Set(paths.map(oneForm).filter((path) => !here.has(path)));
    const lost = notes.filter((note) => isFromFile(note) && absentPaths.has(oneForm(fileOf(note))));
    if (lost.length === 0) continue;
    const absent = paths.filter((path) => absentPaths.has(oneForm(path))).length;
    const one: MissingFiles = {
      ...{ root, former: paths.length, absent },
      isDoubtful: absent > paths.length * MOST_MISSING || absent === paths.length,
      ...{ gone: [], withFolder: [], changed: [] },
    };
    for (const note of lost) {
      if (wasChangedHere(note)) one.changed.push(note);
      else if (!folders.has(oneForm(folderOfPath(fileOf(note))))) one.withFolder.push(note);
      else one.gone.push(note);
    }
    for (const list of [one.gone, one.withFolder, one.changed]) list.sort(byFile);
    found.push(one);
  }
  return found;
}

const byFile = (a: NoteMeta, b: NoteMeta): number => (fileOf(a) < fileOf(b) ? -1 : 1);

/** Where a note's file lay, for a person. */
export const formerFileOf = fileOf;
