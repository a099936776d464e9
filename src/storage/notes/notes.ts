import { type Clock, realClock } from '../../clock.ts';
import { connect } from '../connection.ts';
import { addCounters, type CounterDeltas } from '../counters.ts';
import { type ConnectionEvents, type CreationPermit, openPermitted } from '../db.ts';
import type { Attachment, KeptFile, NoteMeta, NoteVersion, UndoHistory } from '../schema.ts';
import { addAttachment } from './attachments.ts';
import type { Accepting } from './copies.ts';
import type { DeletedNotes } from './deleted-notes.ts';
import type { FileNamesOfNotes } from './file-names.ts';
import type { Decision, ImportDeps, ImportedFile, ImportOutcome, Known } from './import.ts';
import { fetchLinkReader, linksAreDue, writeDueLinks } from './link-reader.ts';
import type { LinkNames } from './links.ts';
import { allNotes } from './list.ts';
import { isLongToRead } from './may-link.ts';
import type { Merged } from './merge.ts';
import type { Recovered, UnsavedDraft } from './recover.ts';
import { removeNotes, restoreNotes } from './remove.ts';
import type { Rewriting, Rewritten } from './rewrite.ts';
import { type SaveRequest, type SaveResult, saveNote } from './save.ts';
import type { BackedUpNote } from './settle.ts';
import {
  readUnfinished,
  type Unfinished,
  type UnfinishedKind,
  writeUnfinished,
} from './unfinished.ts';
import { type MetaUpdate, type Updated, updateNotes } from './update.ts';

/** Reads and writes of one workspace's notes. Every write resolves when it is durable. */
export interface Notes {
  readonly workspace: string;
  /** All notes without their texts, newest first. */
  list(): Promise<NoteMeta[]>;
  /** How many notes there are. */
  total(): Promise<number>;
  /** These notes without their texts, in this order; undefined for one that is gone. */
  metas(ids: readonly string[]): Promise<(NoteMeta | undefined)[]>;
  get(id: string): Promise<{ meta: NoteMeta; text: string } | undefined>;
  /** @throws FindlingError `note-deleted` when the note that the text grew from is gone */
  save(request: SaveRequest): Promise<SaveResult>;
  /** Takes up what a tab had typed and not saved when it ended. */
  recover(draft: UnsavedDraft): Promise<Recovered>;
  /** Moves a note to the trash; `restore` brings it back as it was. */
  remove(id: string): Promise<boolean>;
  restore(id: string): Promise<NoteMeta | undefined>;
  /** How many notes are in the trash. */
  trashCount(): Promise<number>;
  /** The trash, and what goes for good. Its code is fetched when it is first asked for. */
  deleted(): Promise<DeletedNotes>;
  /** The names of the files of notes imported before. Its code is fetched when it is first asked for. */
  fileNames(): Promise<FileNamesOfNotes>;
  /** Reads tags that texts of earlier notes say, some at a time; null once that is done. */
  saidTags(): Promise<string[] | null>;
  /** Many at once, in one transaction. */
  removeAll(ids: readonly string[]): Promise<string[]>;
  restoreAll(ids: readonly string[], options?: { before?: number }): Promise<NoteMeta[]>;
  /**
   * Moves, tags or pins; the texts stay.
   * @param options.before only notes whose tags, folder and pin were last changed before, epoch ms
   * @returns those that were changed, before and after
   */
  update(changes: readonly MetaUpdate[], options?: { before?: number }): Promise<Updated[]>;
  /** Changes texts whose revisions are still these, and former titles, in one transaction. */
  rewrite(request: Rewriting): Promise<Rewritten>;
  /**
   * Notes with a link to one of this note's names, newest first: whether it leads here, and not to
   * another of that name, `link-index` says.
   */
  mayLinkTo(note: LinkNames): Promise<NoteMeta[]>;
  undo(note: string): Promise<UndoHistory | undefined>;
  /** Kept only for the note as it is: not for one that is gone, or has another text by now. */
  keepUndo(history: UndoHistory): Promise<void>;
  attachment(id: string): Promise<Attachment | undefined>;
  /** @param place of one that was imported: from now on its path names these bytes */
  addAttachment(file: Attachment, place?: Pick<KeptFile, 'path' | 'time'>): Promise<void>;
  /** All files that were imported and are no notes. */
  files(): Promise<KeptFile[]>;
  /** One transaction for a handful of files; `decide` is asked for each. */
  import(
    files: ImportedFile[],
    decide: (known: Known | undefined, fileHash: string) => Decision,
    tagsIn?: ImportDeps['tagsIn'],
  ): Promise<ImportOutcome[]>;
  /** A note's file as it came, where its text and its facts do not give it back. */
  original(note: string): Promise<ArrayBuffer | undefined>;
  /** Notes of a backup, a handful at a time. */
  merge(backedUp: readonly BackedUpNote[]): Promise<Merged[]>;
  /** What `merge` would do; nothing is written. */
  compare(backedUp: readonly BackedUpNote[]): Promise<Merged[]>;
  /** Keeps conflict copies as versions, in one transaction. @returns those that were kept */
  acceptCopies(wanted: readonly Accepting[]): Promise<Accepting[]>;
  /** Makes notes of them again. */
  releaseCopies(wanted: readonly Accepting[]): Promise<NoteMeta[]>;
  /** Imports and restores that were cut off; `null` forgets one. */
  unfinished(): Promise<Unfinished[]>;
  keepUnfinished(kind: UnfinishedKind, one: Unfinished | null): Promise<void>;
  versions(note: string): Promise<NoteVersion[]>;
  count(deltas: CounterDeltas): Promise<void>;
  close(): void;
}

/** Nothing is created. */
const NEVER_CREATE: CreationPermit = { mayCreate: async () => false, async created() {} };

/** Links of a long text are read once it was left alone for so long, ms. */
const LONG_LEFT_ALONE_MS = 1_000;

const importAndMerge = () => import('./import-and-merge.ts');

/**
 * Opens a workspace's notes, and keeps them open (`connect`).
 * @param permit asked each time; without it the database must be there
 * @throws FindlingError `storage-unavailable`, `storage-newer`, `storage-full`, `workspace-gone`;
 * now
 *   or from a call.
 */
export async function openNotes(
  workspace: string,
  deps: {
    now: () => number;
    newId: () => string;
    after?: Clock['after'];
    /** Told of a note whose aliases could be read only after it was saved. */
    onNamed?: (note: string) => void;
  },
  events: ConnectionEvents = {},
  permit: CreationPermit = NEVER_CREATE,
): Promise<Notes> {
  const { run, close } = await connect(
    (all) => openPermitted(workspace, all, permit),
    events,
    deps,
  );
  /** Links and aliases that were saved without: nobody waits for them, and the next save writes them, too. */
  const follow = (note: string): void => {
    run((db) => writeDueLinks(db, note)).then(
      (renamed) => renamed && deps.onNamed?.(note),
      () => {},
    );
  };
  const waits = new Map<string, () => void>();
  const followIfLong = (note: string, size: number): void => {
    if (!isLongToRead(size)) return;
    waits.get(note)?.();
    const after = deps.after ?? realClock.after;
    const wait = after(LONG_LEFT_ALONE_MS, () => {
      waits.delete(note);
      follow(note);
    });
    waits.set(note, wait);
  };
  const followed = (metas: NoteMeta[]): NoteMeta[] => {
    for (const { id, size } of metas) followIfLong(id, size);
    return metas;
  };
  return {
    workspace,
    list: () => run(allNotes),
    total: () => run((db) => db.count('notes')),
    metas: (ids) =>
      run((db) => {
        const { store } = db.transaction('notes');
        return Promise.all(ids.map((id) => store.get(id)));
      }),
    get: (id) =>
      run(async (db) => {
        const tx = db.transaction(['notes', 'bodies']);
        const [meta, body] = await Promise.all([
          tx.objectStore('notes').get(id),
          tx.objectStore('bodies').get(id),
        ]);
        return meta && { meta, text: body?.text ?? '' };
      }),
    async save(request) {
      const result = await run((db) => saveNote(db, request, deps));
      const { id, text } = request;
      if (isLongToRead(text.length)) followIfLong(id, text.length);
      else if (linksAreDue(text)) follow(id);
      return result;
    },
    async recover(draft) {
      const { recoverDraft } = await import('./recover.ts');
      const result = await run((db) => recoverDraft(db, draft, deps));
      if (result.kind === 'saved' && linksAreDue(result.text)) follow(draft.note);
      return result;
    },
    remove: (id) => run(async (db) => (await removeNotes(db, [id], deps)).length > 0),
    async restore(id) {
      await fetchLinkReader();
      return followed(await run((db) => restoreNotes(db, [id], deps)))[0];
    },
    trashCount: () => run((db) => db.count('trash')),
    deleted: async () => (await import('./deleted-notes.ts')).deletedNotes(run, deps),
    fileNames: async () => (await import('./file-names.ts')).fileNamesOfNotes(run, deps),
    saidTags: async () => (await import('./said-tags.ts')).saidTagsStep(run),
    removeAll: (ids) => run((db) => removeNotes(db, ids, deps)),
    async restoreAll(ids, options) {
      await fetchLinkReader();
      return followed(await run((db) => restoreNotes(db, ids, deps, options)));
    },
    update: (changes, options) => run((db) => updateNotes(db, changes, deps, options)),
    async rewrite(request) {
      const [{ rewriteNotes }] = await Promise.all([import('./rewrite.ts'), fetchLinkReader()]);
      const done = await run((db) => rewriteNotes(db, request, deps));
      followed(done.changed.map(({ after }) => after));
      return done;
    },
    async mayLinkTo(note) {
      const { mayLinkTo } = await import('./may-link-to.ts');
      return run((db) => mayLinkTo(db, note));
    },
    undo: (note) => run((db) => db.get('undo', note)),
    keepUndo: (history) =>
      run(async (db) => {
        const tx = db.transaction(['notes', 'undo'], 'readwrite');
        const meta = await tx.objectStore('notes').get(history.note);
        if (meta?.revision === history.revision) await tx.objectStore('undo').put(history);
        await tx.done;
      }),
    attachment: (id) => run((db) => db.get('attachments', id)),
    addAttachment: (file, place) => run((db) => addAttachment(db, file, place)),
    files: () => run((db) => db.getAll('files')),
    original: (note) => run(async (db) => (await db.get('originals', note))?.bytes),
    async import(files, decide, tagsIn) {
      const [{ importNotes }] = await Promise.all([importAndMerge(), fetchLinkReader()]);
      return run((db) => importNotes(db, files, decide, { ...deps, tagsIn }));
    },
    async merge(backedUp) {
      const [{ mergeNotes }] = await Promise.all([importAndMerge(), fetchLinkReader()]);
      const merged = await run((db) => mergeNotes(db, backedUp, deps));
      for (const [i, { id }] of merged.entries()) followIfLong(id, backedUp[i]?.text.length ?? 0);
      return merged;
    },
    async compare(backedUp) {
      const { compareNotes } = await importAndMerge();
      return run((db) => compareNotes(db, backedUp));
    },
    async acceptCopies(wanted) {
      const { acceptCopies } = await import('./copies.ts');
      return run((db) => acceptCopies(db, wanted, deps));
    },
    async releaseCopies(wanted) {
      const [{ releaseCopies }] = await Promise.all([import('./copies.ts'), fetchLinkReader()]);
      return followed(await run((db) => releaseCopies(db, wanted, deps)));
    },
    unfinished: () => run(readUnfinished),
    keepUnfinished: (kind, one) => run((db) => writeUnfinished(db, kind, one)),
    versions: (note) => run((db) => db.getAllFromIndex('versions', 'note', note)),
    count: (deltas) => run((db) => addCounters(db, deltas)),
    close,
  };
}
