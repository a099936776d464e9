/** What becomes of a note that is both here and in a backup. Pure. */
import type { FileFacts, NoteMeta } from '../schema.ts';
import { givenAfter } from './given-tags.ts';
import { type KeptVersion, versionOf } from './version-of.ts';

/** A note as a backup holds it. Times are epoch milliseconds. */
export interface BackedUpNote {
  id: string;
  path: string;
  title: string;
  text: string;
  tags: string[];
  pinned: boolean;
  created: number;
  modified: number;
  /** Absent in backups from before schema 6. */
  metaChanged?: number;
  /** Of the file that it was imported from; absent too where it was written here. */
  importPath?: string;
  importHash?: string;
  hashKind?: 'bytes';
  /** Those of `tags` that were given here; absent where that is not known. */
  givenTags?: string[];
  aliases?: string[];
  formerTitles?: string[];
  /** What its file is beside its text. */
  file?: FileFacts;
  /** The file's bytes, where `file.kept` says so. */
  original?: ArrayBuffer;
  /** True: the text is as it was imported. */
  unchanged?: boolean;
  /** A conflict copy that is a version of the note with this id, once both are there. */
  copyOf?: string;
  /** A note here that may be this one under another id, for it came from the same file. */
  twin?: string;
}

/**
 * - `restored`: it was not here, and is now.
 * - `same`: text, tags, folder, pin and dates are alike.
 * - `newer`: the backup's text, or what else it says of the note, was changed later and is taken.
 * - `older`: what differs was changed later here, or nobody knows, and stays.
 */
export type Outcome = 'restored' | 'same' | 'newer' | 'older';

export interface Settled {
  outcome: Outcome;
  /** To be written; null when it is written already. */
  meta: NoteMeta | null;
  /** To be written, and indexed again; null when title and text stay. */
  text: string | null;
  /** A side that lost something, as it was. */
  versions: KeptVersion[];
}

export interface Here {
  meta: NoteMeta;
  text: string;
}

const alike = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);

/** Whether title and text are the same, to the letter. */
export const sameText = ({ meta, text }: Here, one: BackedUpNote): boolean =>
  meta.title === one.title && text === one.text;

/**
 * Title and text go by `modified`; tags, folder, pin and date of making by `metaChanged`: the later
 * one wins. On a tie, or where the backup does not say when, what is here stays. A side that loses
 * anything is kept as a version.
 * @param withTags a note with the tags of its text, which an earlier version did not write down
 */
export function settle(
  one: BackedUpNote,
  here: Here | undefined,
  withTags: (meta: NoteMeta, text: string) => NoteMeta = (meta) => meta,
): Settled {
  if (!here) return { outcome: 'restored', meta: newNote(one, 1), text: one.text, versions: [] };
  const { meta } = here;
  const textAlike = sameText(here, one);
  const dateAlike = meta.modified === one.modified;
  const restAlike =
    meta.path === one.path &&
    meta.pinned === one.pinned &&
    meta.created === one.created &&
    (alike(meta.tags, one.tags) || alike(...tagsOfBoth(one, here, withTags)));
  const takeText = !(textAlike && dateAlike) && one.modified > meta.modified;
  const takeRest =
    !restAlike && one.metaChanged !== undefined && one.metaChanged > meta.metaChanged;
  const newText = takeText && !textAlike;
  const revision = newText ? meta.revision + 1 : meta.revision;
  const settled: NoteMeta = { ...meta, ...importOf(one, here, newText, revision), revision };
  if (takeText) Object.assign(settled, { title: one.title, modified: one.modified });
  if (newText) settled.size = one.text.length;
  if (takeRest) {
    const { path, pinned, created, tags, metaChanged } = one;
    // Where neither side has told them apart, the stored text does (`givenTagsOf`).
    const isTold = meta.hashKind === 'bytes';
    const givenTags = one.givenTags ?? (isTold ? givenAfter(meta, tags) : undefined);
    Object.assign(settled, { path, pinned, created, tags, metaChanged });
    if (givenTags) settled.givenTags = givenTags;
    else delete settled.givenTags;
  }
  const differs = !textAlike || !dateAlike || !restAlike;
  const lostHere = takeText || takeRest;
  const lostThere = (!(textAlike && dateAlike) && !takeText) || (!restAlike && !takeRest);
  return {
    outcome: lostHere ? 'newer' : differs ? 'older' : 'same',
    meta: lostHere || settled.importHash !== meta.importHash ? settled : null,
    text: newText ? one.text : null,
    versions: [
      ...(lostHere ? [versionOf(meta, here.text)] : []),
      ...(lostThere ? [versionOf(one, one.text)] : []),
    ],
  };
}

const tagsOfBoth = (
  one: BackedUpNote,
  { meta, text }: Here,
  withTags: (meta: NoteMeta, text: string) => NoteMeta,
): [string[], string[]] => [
  withTags(meta, text).tags,
  withTags(newNote(one, meta.revision), one.text).tags,
];

type ImportFields = Pick<
  NoteMeta,
  'importHash' | 'hashKind' | 'importPath' | 'importedRevision' | 'file'
>;

/** Of the side whose text is taken, so that the next import knows what the text grew from. */
function importOf(
  one: BackedUpNote,
  here: Here,
  newText: boolean,
  revision: number,
): Partial<ImportFields> {
  // How the text is written goes with the text.
  if (one.importHash === undefined) return newText ? { file: one.file } : {};
  if (!newText && here.meta.importHash !== undefined) return {};
  const grown = newText || sameText(here, one);
  return {
    importHash: one.importHash,
    hashKind: one.hashKind,
    importPath: one.importPath ?? one.path,
    ...(grown && { file: one.file }),
    importedRevision: grown && one.unchanged ? revision : undefined,
  };
}

/** A note of a backup that is not here. */
export function newNote(one: BackedUpNote, revision: number): NoteMeta {
  const { id, path, title, tags, pinned, created, modified } = one;
  return {
    id,
    path,
    title,
    tags,
    pinned,
    created,
    modified,
    metaChanged: one.metaChanged ?? modified,
    revision,
    size: one.text.length,
    ...(one.givenTags && { givenTags: one.givenTags }),
    ...(one.aliases && { aliases: one.aliases }),
    ...(one.formerTitles && { formerTitles: one.formerTitles }),
    ...(one.file && { file: one.file }),
    ...(one.importHash !== undefined && {
      importHash: one.importHash,
      ...(one.hashKind && { hashKind: one.hashKind }),
      importPath: one.importPath ?? path,
      ...(one.unchanged && { importedRevision: revision }),
    }),
  };
}

/** Whether a version says all that another says. One from before schema 6 has its text alone. */
export const sameVersion = (kept: KeptVersion, other: KeptVersion): boolean =>
  kept.title === other.title &&
  kept.text === other.text &&
  kept.path === other.path &&
  kept.pinned === other.pinned &&
  kept.created === other.created &&
  kept.modified === other.modified &&
  alike(kept.tags ?? [], other.tags ?? []);
