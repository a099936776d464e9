import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Notes } from '../../storage/notes/index.ts';
import type { WorkspaceRecord, Workspaces } from '../../storage/workspaces.ts';
import type { Engine, Notice } from './engine-types.ts';
import type { Journal } from './journal-types.ts';

/** What every view may use: made by main.tsx, once per workspace. */
export interface AppContext {
  notes: Notes;
  /** What is typed and not durable yet. */
  journal: Journal;
  workspaces: Workspaces;
  engine: Engine;
  /** What happened to the stored notes, to be said before anything else. */
  storageNotice: ReadonlySignal<Notice | null>;
  /** Whether everything used so far is kept for offline use. */
  offlineReady: ReadonlySignal<boolean>;
  now(): number;
  newId(): string;
  workspace: WorkspaceRecord;
  /**
   * Saves what is open, ends this workspace's engine, then shows the other one.
   * @throws FindlingError `workspace-gone` where another tab has deleted it: this one stays
   */
  switchTo(workspace: WorkspaceRecord): Promise<void>;
  createWorkspace(name: string): Promise<WorkspaceRecord>;
  renameWorkspace(id: string, name: string): Promise<void>;
  /**
   * Deletes a workspace, in every tab; not the last one. The one shown gives way to another.
   * @returns false where it stays, which was said
   */
  removeWorkspace(workspace: WorkspaceRecord): Promise<boolean>;
  /** Makes a workspace of a database that no workspace of the list has. */
  keepFound(id: string): Promise<WorkspaceRecord>;
  removeFound(id: string): Promise<void>;
  /** Deletes all notes, indexes and settings, in every tab, and starts over. */
  deleteEverything(): Promise<void>;
}

export const Context = createContext<AppContext | null>(null);

/** What the shell gives to every view. @throws Error outside of `Context` */
export function useApp(): AppContext {
  const ctx = useContext(Context);
  if (!ctx) throw new Error('useApp outside of <App>');
  return ctx;
}
