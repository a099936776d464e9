import { FindlingError } from '../../errors.ts';
import { addCounters, type CounterDeltas } from '../counters.ts';
import { type ConnectionEvents, openWorkspaceDb, type WorkspaceDb } from '../db.ts';
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
 * Opens a workspace's notes. A connection that the browser closes is opened anew at the next call;
 * one that gave way to a newer version is not: every call then fails with `storage-newer`.
 * @throws FindlingError `storage-unavailable`, `storage-newer`, `storage-full`; now or from a call.
 */
export async function openNotes(
  workspace: string,
  deps: { now: () => number; newId: () => string },
  events: ConnectionEvents = {},
): Promise<Notes> {
  let connection: Promise<WorkspaceDb> | null = null;
  let outdated = false;
  const live = (): Promise<WorkspaceDb> => {
    if (outdated) return Promise.reject(new FindlingError('storage-newer'));
    if (connection) return connection;
    const opening = openWorkspaceDb(workspace, {
      ...events,
      onLost(why) {
        connection = null;
        outdated ||= why === 'upgrade';
        events.onLost?.(why);
      },
    });
    connection = opening;
    opening.catch(() => {
      // A failure is not kept: the next call tries again.
      if (connection === opening) connection = null;
    });
    return opening;
  };
  await live();
  return {
    workspace,
    async list() {
      return (await (await live()).getAllFromIndex('notes', 'modified')).reverse();
    },
    async get(id) {
      const tx = (await live()).transaction(['notes', 'bodies']);
      const [meta, body] = await Promise.all([
        tx.objectStore('notes').get(id),
        tx.objectStore('bodies').get(id),
      ]);
      return meta && { meta, text: body?.text ?? '' };
    },
    save: async (request) => saveNote(await live(), request, deps),
    remove: async (id) => removeNote(await live(), id, deps),
    restore: async (id) => restoreNote(await live(), id, deps),
    import: async (files, decide) => importNotes(await live(), files, decide, deps),
    versions: async (note) => (await live()).getAllFromIndex('versions', 'note', note),
    count: async (deltas) => addCounters(await live(), deltas),
    close() {
      connection?.then(
        (db) => db.close(),
        () => {},
      );
    },
  };
}
