import { addCounters, type CounterDeltas } from '../counters.ts';
import { type ConnectionEvents, openWorkspaceDb } from '../db.ts';
import type { NoteMeta, NoteVersion } from '../schema.ts';
import { type Decision, type ImportedFile, type ImportOutcome, importNotes } from './import.ts';
import { removeNote, restoreNote } from './remove.ts';
import { type SaveRequest, type SaveResult, saveNote } from './save.ts';

/** Reads and writes of one workspace's notes. Every write resolves when it is durable. */
export interface Notes {
  readonly workspace: string;
  /** All notes without their texts, newest first. */
  list(): Promise<NoteMeta[]>;
  /** Some notes' metadata; those that are gone are left out. */
  some(ids: string[]): Promise<NoteMeta[]>;
  get(id: string): Promise<{ meta: NoteMeta; text: string } | undefined>;
  save(request: SaveRequest): Promise<SaveResult>;
  /** Moves a note to the trash; `restore` brings it back as it was. */
  remove(id: string): Promise<boolean>;
  restore(id: string): Promise<NoteMeta | undefined>;
  /** One transaction for a handful of files; `decide` is asked for each. */
  import(
    files: ImportedFile[],
    decide: (
      known: { importHash?: string; importedRevision?: number; revision: number } | undefined,
      fileHash: string,
    ) => Decision,
  ): Promise<ImportOutcome[]>;
  versions(note: string): Promise<NoteVersion[]>;
  count(deltas: CounterDeltas): Promise<void>;
  close(): void;
}

export async function openNotes(
  workspace: string,
  deps: { now: () => number; newId: () => string },
  events: ConnectionEvents = {},
): Promise<Notes> {
  const db = await openWorkspaceDb(workspace, events);
  return {
    workspace,
    async list() {
      return (await db.getAllFromIndex('notes', 'modified')).reverse();
    },
    async some(ids) {
      const tx = db.transaction('notes');
      const metas = await Promise.all(ids.map((id) => tx.store.get(id)));
      return metas.filter((meta) => meta !== undefined);
    },
    async get(id) {
      const tx = db.transaction(['notes', 'bodies']);
      const [meta, body] = await Promise.all([
        tx.objectStore('notes').get(id),
        tx.objectStore('bodies').get(id),
      ]);
      return meta && { meta, text: body?.text ?? '' };
    },
    save: (request) => saveNote(db, request, deps),
    remove: (id) => removeNote(db, id, deps),
    restore: (id) => restoreNote(db, id, deps),
    import: (files, decide) => importNotes(db, files, decide, deps),
    versions: (note) => db.getAllFromIndex('versions', 'note', note),
    count: (deltas) => addCounters(db, deltas),
    close: () => db.close(),
  };
}
