import type { WorkspaceDb } from '../db.ts';
import type { NoteMeta } from '../schema.ts';
import { NOTE_STORES, putNote } from './put-note.ts';

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
  /** SHA-256 (hex) of the file's text at its last import. */
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
  /** SHA-256 (hex) of `text`. */
  hash: string;
  tags: string[];
  pinned?: boolean;
  created?: number;
  modified?: number;
  /** The note that it was imported as, should none have its path. */
  former?: string;
  /** Keys of the notes that its text links to, where they are read already. */
  links?: string[];
}

export interface ImportOutcome {
  path: string;
  /** `moved`: nothing but the file's place had changed, and the note went along. */
  decision: Decision | 'moved';
  id: string;
}

/** The path of the file that a note came from, as far as is known. */
const fileOf = ({ path, importPath }: NoteMeta): string => importPath ?? path;
const wasMovedHere = (note: NoteMeta): boolean => note.path !== fileOf(note);

/**
 * Writes a handful of files in one strict transaction. `decide` is pure and is asked inside the
 * transaction, against what is stored at that moment. New notes are pending and urgent.
 */
export async function importNotes(
  db: WorkspaceDb,
  files: ImportedFile[],
  decide: (known: Known | undefined, fileHash: string) => Decision,
  { now, newId }: { now: () => number; newId: () => string },
): Promise<ImportOutcome[]> {
  const tx = db.transaction([...NOTE_STORES, 'versions'], 'readwrite', { durability: 'strict' });
  const notes = tx.objectStore('notes');
  const byPath = notes.index('path');
  const outcomes: ImportOutcome[] = [];
  const formerOf = async ({ path, hash, former }: ImportedFile): Promise<NoteMeta | undefined> => {
    const note = former === undefined ? undefined : await notes.get(former);
    return note && (fileOf(note) === path || note.importHash === hash) ? note : undefined;
  };
  for (const file of files) {
    const old = (await byPath.get(file.path)) ?? (await formerOf(file));
    const decided = decide(old, file.hash);
    // The note has the file's very title and text, whatever is known of its import: nothing is to be
    // done, but from now on the note counts as imported, or the file's next change were a conflict.
    // Their hashes say less: images may have been taken in, which the text then names otherwise.
    const alike =
      old &&
      decided !== 'unchanged' &&
      (old.keepsTitle || old.title === file.title) &&
      (await tx.objectStore('bodies').get(old.id))?.text === file.text;
    const decision = alike ? 'unchanged' : decided;
    const at = now();
    const id = old?.id ?? newId();
    const path = old && wasMovedHere(old) ? old.path : file.path;
    const unmoved = !old || fileOf(old) === file.path;
    const same = decision === 'unchanged' || decision === 'keep-app';
    outcomes.push({ path: file.path, decision: same && !unmoved ? 'moved' : decision, id });
    if (decision === 'create' || decision === 'update') {
      const revision = (old?.revision ?? 0) + 1;
      const meta: NoteMeta = {
        // What another version of the app knows of it.
        ...old,
        id,
        path,
        title: old?.keepsTitle ? old.title : file.title,
        tags: file.tags,
        pinned: file.pinned ?? old?.pinned ?? false,
        created: file.created ?? old?.created ?? at,
        modified: file.modified ?? at,
        metaChanged: old ? at : (file.modified ?? at),
        revision,
        size: file.text.length,
        importHash: file.hash,
        importPath: file.path,
        importedRevision: revision,
      };
      await putNote(tx, { meta, text: file.text, at, urgent: true, links: file.links });
    } else if (decision === 'conflict' && old) {
      // The app's text stays in place; the imported one is kept beside it. Remembering its hash
      // makes the next import of the same bytes "unchanged outside".
      await tx.objectStore('versions').add({
        note: id,
        at,
        title: file.title,
        text: file.text,
        why: 'import-conflict',
      });
      await notes.put({ ...old, importHash: file.hash });
    } else if (old && alike) {
      const importedRevision = old.revision;
      await notes.put({
        ...old,
        path,
        importHash: file.hash,
        importPath: file.path,
        importedRevision,
      });
    } else if (old && !unmoved) {
      await notes.put({ ...old, path, importPath: file.path });
    }
  }
  await tx.done;
  return outcomes;
}
