/** How the names in links are compared. Pure. */
import { withoutNoteExtension } from '../../note-files.ts';
import { fileOfPath } from '../../paths.ts';
import type { NoteMeta } from '../schema.ts';

/** Case, Unicode form and outer spaces do not matter. */
export const nameKey = (name: string): string => name.normalize('NFC').trim().toLowerCase();

/** Behind the name of each page and folder that Notion exports. */
const PAGE_ID = / [0-9a-f]{32}(?=\/|$)/gi;
const APOSTROPHES = /[‘’‚‛ʼ]/g;
const QUOTES = /[“”„‟]/g;

/** Straight and curly quotes as one. */
export const straightQuotes = (text: string): string =>
  text.replace(APOSTROPHES, "'").replace(QUOTES, '"');

/** Keys as they are. */
export const strictly = (key: string): string => key;

/** Keys without what does not matter where nothing matches exactly. */
export const loosely = (key: string): string => straightQuotes(key.replace(PAGE_ID, ''));

/** The id that ends a path or a name as Notion exports it, in lower case; '' for none. */
export function pageIdOf(path: string): string {
  const id = / ([0-9a-f]{32})$/i.exec(withoutNoteExtension(path.trim()));
  return id ? id[1]!.toLowerCase() : '';
}

/** What is known of a note's names, as keys. */
export interface Facts {
  /** Title and file's names; aliases; former titles. */
  names: readonly (readonly string[])[];
  /** Without ending. */
  path: string;
  /** '' for a note written here. */
  importPath: string;
}

type Loosen = (key: string) => string;

const known = new Map<Loosen, WeakMap<NoteMeta, Facts>>();

/** Remembered: lists change often, most of their notes do not. */
export function factsOf(note: NoteMeta, loosen: Loosen = strictly): Facts {
  let ofAll = known.get(loosen);
  if (!ofAll) {
    ofAll = new WeakMap();
    known.set(loosen, ofAll);
  }
  let facts = ofAll.get(note);
  if (!facts) {
    facts = readFacts(note, loosen);
    ofAll.set(note, facts);
  }
  return facts;
}

const LOOSE = /[‘’‚‛ʼ“”„‟]| [0-9a-f]{32}(?:\/|$)/;

/** Whether a note has other keys where they are compared loosely. */
export function isLoose(note: NoteMeta): boolean {
  const { names, path, importPath } = factsOf(note);
  return (
    LOOSE.test(path) || LOOSE.test(importPath) || names.flat().some((name) => LOOSE.test(name))
  );
}

function readFacts(note: NoteMeta, loosen: Loosen): Facts {
  const { title, aliases, formerTitles } = note;
  const key = (name: string): string => loosen(nameKey(name));
  const keys = (names: readonly string[] = []): string[] => names.map(key).filter(Boolean);
  const path = key(withoutNoteExtension(note.path));
  const importPath =
    note.importPath === undefined || note.importPath === note.path
      ? path
      : key(withoutNoteExtension(note.importPath));
  const named = key(title);
  const own = new Set([named]);
  for (const name of [withoutNoteExtension(named), fileOfPath(path), fileOfPath(importPath)]) {
    own.add(name);
  }
  own.delete('');
  return {
    names: [[...own], keys(aliases), keys(formerTitles)],
    path,
    importPath: note.importPath === undefined ? '' : importPath,
  };
}

/** A note's path without ending, as a link names it from a picked folder; '' for no folder. */
export function pathBelow(path: string, root: string): string {
  const bare = withoutNoteExtension(path);
  return root !== '' && bare.startsWith(`${root}/`) ? bare.slice(root.length + 1) : bare;
}

/** Files that are no notes, by their names; a note's name may end in anything else: `Node.js`. */
const OTHER_FILE =
  /\.(?:png|jpe?g|gif|webp|avif|svg|bmp|tiff?|heic|mp3|m4a|wav|ogg|flac|3gp|webm|mp4|m4v|ogv|mov|mkv|avi|pdf|csv|tsv|xlsx?|docx?|pptx?|od[tsp]|rtf|epub|zip|7z|rar|tar|gz|html?|xml|json|ya?ml|canvas|base|opml|ics|eml|psd|drawio)$/i;
/** An address names a file: what ends in anything like an ending is no note. */
const ENDING = /\.(?=\d*[a-z])[a-z\d]{1,8}$/i;

/**
 * Whether a link may lead to a note, by what it says. Of one that may not, no note is made.
 * @param target without heading or block; of an address decoded
 */
export function mayBeNote(target: string, isAddress: boolean): boolean {
  const file = fileOfPath(target.trim());
  if (withoutNoteExtension(file) !== file) return true;
  return !(isAddress ? ENDING : OTHER_FILE).test(file);
}
