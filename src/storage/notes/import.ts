import type { IDBPTransaction } from 'idb';
import type { Said } from '../../markdown/said.ts';
import type { WorkspaceDb } from '../db.ts';
import type { FileFacts, NoteMeta, WorkspaceSchema } from '../schema.ts';
import { isButForAddresses, type ShownImage, withFileAddresses } from './former-addresses.ts';
import { givenTagsOf, withGiven } from './given-tags.ts';
import { NOTE_STORES, putNote } from './put-note.ts';
import { titleAfterMove } from './title-after-move.ts';

/**
 * What importing a file does.
 * - `create`: there is no such note yet.
 * - `unchanged`: nothing to do.
 * - `update`: only the file changed, it replaces the note's text.
 * - `keep-app`: only the note changed, it stays.
 * - `conflict`: both changed; the file's text is kept as a version.
 */
export type Decision = 'create' | 'unchanged' | 'update' | 'keep-app' | 'conflict';

/** What is known of the note that a file is imported to. */
export interface Known {
  /** SHA-256 (hex) of the file at its last import. */
  importHash?: string;
  /** The note's revision right after its last import. */
  importedRevision?: number;
  /** The note's revision now. */
  revision: number;
}

export interface ImportedFile {
  /** Folder path and file name; identifies the note when the same file is imported again. */
  path: string;
  title: string;
  text: string;
  /** SHA-256 (hex) of the file's bytes. */
  hash: string;
  /** SHA-256 (hex) of `text`, which is what was remembered before schema 7. */
  textHash: string;
  /** Of its front matter. */
  tags: string[];
  pinned?: boolean;
  created?: number;
  modified?: number;
  file: FileFacts;
  /** Its bytes, where `file.kept` says so. */
  original?: ArrayBuffer;
  /** Images that it shows and that are kept here, in the order of the text. */
  images?: readonly ShownImage[];
  /** The note that it was imported as, should none have its path. */
  former?: string;
  /** Keys of the notes that its text links to, where they are read already. */
  links?: string[];
  /** What its text says of the note, where that is read already. */
  said?: Said;
}

export interface ImportOutcome {
  path: string;
  /** `moved`: nothing but the file's place had changed, and the note went along. */
  decision: Decision | 'moved';
  id: string;
  /** The text got its images' former addresses back, which is no change of a person's. */
  readdressed?: true;
}

export interface ImportDeps {
  now: () => number;
  newId: () => string;
  /** Tags of a text's front matter; none is known where it is not given. */
  tagsIn?: (text: string) => readonly string[];
}

type Tx = IDBPTransaction<
  WorkspaceSchema,
  ((typeof NOTE_STORES)[number] | 'versions')[],
  'readwrite'
>;

/** The path of the file that a note came from, as far as is known. */
const fileOf = ({ path, importPath }: NoteMeta): string => importPath ?? path;
const wasMovedHere = (note: NoteMeta): boolean => note.path !== fileOf(note);

/** THE way to compare a file with what was remembered of it: by a hash of the same kind. */
export const hashFor = (
  known: Pick<NoteMeta, 'hashKind'> | undefined,
  { hash, textHash }: Pick<ImportedFile, 'hash' | 'textHash'>,
): string => (known && known.hashKind !== 'bytes' ? textHash : hash);

/**
 * Writes a handful of files in one strict transaction. `decide` is pure and is asked inside the
 * transaction, against what is stored at that moment. New notes are pending and urgent.
 */
export async function importNotes(
  db: WorkspaceDb,
  files: ImportedFile[],
  decide: (known: Known | undefined, fileHash: string) => Decision,
  deps: ImportDeps,
): Promise<ImportOutcome[]> {
  const tx: Tx = db.transaction([...NOTE_STORES, 'versions'], 'readwrite', {
    durability: 'strict',
  });
  const outcomes: ImportOutcome[] = [];
  for (const file of files) outcomes.push(await importOne(tx, file, decide, deps));
  await tx.done;
  return outcomes;
}

async function importOne(
  tx: Tx,
  file: ImportedFile,
  decide: (known: Known | undefined, fileHash: string) => Decision,
  deps: ImportDeps,
): Promise<ImportOutcome> {
  const notes = tx.objectStore('notes');
  const { path } = file;
  const old = (await notes.index('path').get(path)) ?? (await formerOf(tx, file));
  const decided = decide(old, hashFor(old, file));
  if (!old) return { path, decision: 'create', id: await write(tx, file, undefined, deps) };
  const { id } = old;
  const text = async () => (await tx.objectStore('bodies').get(id))?.text ?? '';
  const given = async () => {
    const stored = old.hashKind === 'bytes' ? '' : await text();
    return givenTagsOf(old, () => deps.tagsIn?.(stored) ?? []);
  };
  // The note has the file's very title and text, whatever is known of its import: nothing is to be
  // done, but from now on the note counts as imported, or the file's next change were a conflict.
  // Their hashes say less: an earlier import may have given the text other addresses.
  const alike =
    decided !== 'unchanged' &&
    (old.keepsTitle || old.title === file.title) &&
    isTextOf(await text(), file);
  const decision = alike ? 'unchanged' : decided;
  if (decision === 'update') {
    await write(tx, file, { ...old, givenTags: await given() }, deps);
    return { path, decision, id };
  }
  if (decision === 'conflict') {
    // The app's text stays in place; the imported one is kept beside it. Remembering its hash
    // makes the next import of the same bytes "unchanged outside".
    const { title, text: theirs } = file;
    await tx.objectStore('versions').add({
      ...{ note: id, at: deps.now(), title, text: theirs, why: 'import-conflict' },
    });
    await notes.put({ ...remembered(old, file, await given()), file: seen(old.file, file) });
    return { path, decision, id };
  }
  return stays(tx, file, old, { decision, alike }, deps);
}

/** The note that a file was imported as, though it lies elsewhere now. */
async function formerOf(tx: Tx, file: ImportedFile): Promise<NoteMeta | undefined> {
  const note =
    file.former === undefined ? undefined : await tx.objectStore('notes').get(file.former);
  const is = note && (fileOf(note) === file.path || note.importHash === hashFor(note, file));
  return is ? note : undefined;
}

const isTextOf = (stored: string, { text, images = [] }: ImportedFile): boolean =>
  stored === text || (images.length > 0 && isButForAddresses(stored, text, images));

/** A note with a hash of today's kind; its tags are told apart first, where they were not. */
function remembered(old: NoteMeta, { hash }: ImportedFile, given: string[]): NoteMeta {
  const next: NoteMeta = { ...old, importHash: hash, hashKind: 'bytes' };
  return given.length > 0 || old.givenTags ? { ...next, givenTags: given } : next;
}

/** What is known of how a text was written stays; by size and time the file is known again. */
const seen = (known: FileFacts | undefined, { file }: ImportedFile): FileFacts => {
  const { size, time } = file;
  return { ...known, size, time };
};

/** A new note, or the file's text in an old one. @returns its id */
async function write(
  tx: Tx,
  file: ImportedFile,
  old: NoteMeta | undefined,
  { now, newId }: ImportDeps,
): Promise<string> {
  const at = now();
  const id = old?.id ?? newId();
  const revision = (old?.revision ?? 0) + 1;
  const given = old?.givenTags ?? [];
  const meta: NoteMeta = {
    // What another version of the app knows of it.
    ...old,
    id,
    path: old && wasMovedHere(old) ? old.path : file.path,
    title: old?.keepsTitle ? old.title : file.title,
    tags: withGiven(file.tags, given),
    pinned: file.pinned ?? old?.pinned ?? false,
    created: file.created ?? old?.created ?? at,
    modified: file.modified ?? at,
    metaChanged: old ? at : (file.modified ?? at),
    revision,
    size: file.text.length,
    importHash: file.hash,
    hashKind: 'bytes',
    importPath: file.path,
    importedRevision: revision,
    file: file.file,
  };
  if (given.length === 0) delete meta.givenTags;
  const { text, links, said, original } = file;
  await putNote(tx, { meta, text, at, urgent: true, links, said, original });
  return id;
}

/** The note's text stays: only what is known of its file is brought up to date. */
async function stays(
  tx: Tx,
  file: ImportedFile,
  old: NoteMeta,
  { decision, alike }: { decision: Decision; alike: boolean },
  { now }: ImportDeps,
): Promise<ImportOutcome> {
  const { id, revision } = old;
  const isSame = decision === 'unchanged';
  const unmoved = fileOf(old) === file.path;
  const outcome: ImportOutcome = {
    path: file.path,
    decision: unmoved ? decision : 'moved',
    id,
  };
  const renewed = old.hashKind !== 'bytes';
  const { size, time } = old.file ?? {};
  const shows = (file.images?.length ?? 0) > 0;
  const renamed = unmoved ? undefined : titleAfterMove(old, file, fileOf(old));
  const isRead = shows || renamed !== undefined;
  const stored = isRead ? ((await tx.objectStore('bodies').get(id))?.text ?? '') : '';
  const text = shows ? textWithAddresses(stored, file, isSame) : stored;
  const readdressed = text !== stored;
  if (!(alike || renewed || !unmoved || readdressed)) {
    if (size !== file.file.size || time !== file.file.time) {
      await tx.objectStore('notes').put({ ...old, file: seen(old.file, file) });
    }
    return outcome;
  }
  // The same file: its tags are those that the text had when it was imported.
  const next = remembered(
    old,
    file,
    givenTagsOf(old, () => file.tags),
  );
  next.path = wasMovedHere(old) ? old.path : file.path;
  next.importPath = file.path;
  const { kept, ...facts } = file.file;
  next.file = isSame && kept ? file.file : facts;
  if (renamed) Object.assign(next, renamed);
  const isWritten = readdressed || renamed !== undefined;
  if (isWritten) Object.assign(next, { revision: revision + 1, size: text.length });
  if (alike || (isWritten && old.importedRevision === revision)) {
    next.importedRevision = next.revision;
  }
  const original = isSame ? file.original : undefined;
  if (isWritten) await putNote(tx, { meta: next, text, at: now(), urgent: true, original });
  else {
    await tx.objectStore('notes').put(next);
    if (original) await tx.objectStore('originals').put({ note: id, bytes: original });
  }
  return readdressed ? { ...outcome, readdressed } : outcome;
}

/** The stored text with its images' former addresses. */
function textWithAddresses(stored: string, file: ImportedFile, isSame: boolean): string {
  const { text, images = [] } = file;
  if (!isSame) return withFileAddresses(stored, text, images);
  return isButForAddresses(stored, text, images) ? text : stored;
}
