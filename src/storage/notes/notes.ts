import { connect } from '../connection.ts';
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

/**
 * Opens a workspace's notes, and keeps them open (`connect`).
 * @throws FindlingError `storage-unavailable`, `storage-newer`, `storage-full`; now or from a call.
 */
export async function openNotes(
  workspace: string,
  deps: { now: () => number; newId: () => string },
  events: ConnectionEvents = {},
): Promise<Notes> {
  const { run, close } = await connect((all) => openWorkspaceDb(workspace, all), events);
  return {
    workspace,
    list: () => run(async (db) => (await db.getAllFromIndex('notes', 'modified')).reverse()),
    get: (id) =>
      run(async (db) => {
        const tx = db.transaction(['notes', 'bodies']);
        const [meta, body] = await Promise.all([
          tx.objectStore('notes').get(id),
          tx.objectStore('bodies').get(id),
        ]);
        return meta && { meta, text: body?.text ?? '' };
      }),
    save: (request) => run((db) => saveNote(db, request, deps)),
    remove: (id) => run((db) => removeNote(db, id, deps)),
    restore: (id) => run((db) => restoreNote(db, id, deps)),
    import: (files, decide) => run((db) => importNotes(db, files, decide, deps)),
    versions: (note) => run((db) => db.getAllFromIndex('versions', 'note', note)),
    count: (deltas) => run((db) => addCounters(db, deltas)),
    close,
  };
}
