import { isCode } from '../../errors.ts';
import { type Notes, openNotes } from '../../storage/notes/index.ts';
import type { WorkspaceRecord, Workspaces } from '../../storage/workspaces.ts';
import { journaledNotes } from '../editor/journal/acts.ts';
import type { JournalSession } from '../editor/journal/session.ts';
import type { StorageWatch } from './storage-watch.ts';

/** A workspace whose notes are open, and which is not shown yet. */
export interface Opened {
  workspace: WorkspaceRecord;
  notes: Notes;
  /** Notes that ended tabs had left unsaved, and the way to look for more. */
  changed: string[];
  takeUp(): Promise<string[]>;
  /** Another tab has deleted it since. */
  gone: boolean;
}

export interface OpenDeps {
  workspaces: Workspaces;
  storage: StorageWatch;
  journal: JournalSession;
  now(): number;
  newId(): string;
  /** Another tab has deleted one that was opened. */
  onGone(opened: Opened): void;
  /** A note's aliases were read after it was saved. */
  onNamed(opened: Opened, note: string): void;
}

/**
 * Opens a workspace's notes, and takes up what ended tabs had left unsaved.
 * @throws FindlingError, `workspace-gone` for one that another tab has deleted
 */
export async function openWorkspace(
  { workspaces, storage, journal, now, newId, onGone, onNamed }: OpenDeps,
  workspace: WorkspaceRecord,
): Promise<Opened> {
  let opened: Opened | null = null;
  const events = {
    ...storage.connection,
    onGone: () => {
      if (!opened) return;
      opened.gone = true;
      onGone(opened);
    },
  };
  const permit = workspaces.creationPermit(workspace);
  const named = (note: string): void => {
    if (opened) onNamed(opened, note);
  };
  const stored = await openNotes(workspace.id, { now, newId, onNamed: named }, events, permit);
  const takeUp = async () =>
    journal.takeUp(
      stored,
      (await workspaces.list()).map(({ id }) => id),
    );
  // Before anything is shown: a note that is opened shows the last that was typed in it.
  const changed = await takeUp().catch((): string[] => []);
  const notes = journaledNotes(stored, journal.journal);
  opened = { workspace, notes, changed, takeUp, gone: false };
  return opened;
}

/** Opens the first that is not gone, in order. @returns null for none, and the names of the gone */
export async function firstThatOpens(
  all: readonly WorkspaceRecord[],
  open: (workspace: WorkspaceRecord) => Promise<Opened>,
): Promise<{ opened: Opened | null; missing: string[] }> {
  const missing: string[] = [];
  for (const one of all) {
    try {
      return { opened: await open(one), missing };
    } catch (thrown) {
      if (!isCode(thrown, 'workspace-gone')) throw thrown;
      missing.push(`“${one.name}”`);
    }
  }
  return { opened: null, missing };
}
