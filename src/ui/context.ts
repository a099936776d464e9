import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Notes } from '../storage/notes/index.ts';
import type { WorkspaceRecord, Workspaces } from '../storage/workspaces.ts';
import type { Journal } from './editor/journal/journal.ts';
import type { Engine, Notice } from './engine/types.ts';

/** What every view may use: made by main.tsx, once per workspace. */
export interface AppContext {
  notes: Notes;
  /** What is typed and not durable yet. */
  journal: Journal;
  workspaces: Workspaces;
  engine: Engine;
  /** What befell the stored notes, to be said before anything else. */
  storageNotice: ReadonlySignal<Notice | null>;
  /** Whether everything used so far is kept for offline use. */
  offlineReady: ReadonlySignal<boolean>;
  now(): number;
  newId(): string;
  workspace: WorkspaceRecord;
  /** Saves what is open, ends this workspace's engine, then shows the other one. */
  switchTo(workspace: WorkspaceRecord): Promise<void>;
  /** Deletes a workspace, in every tab; not the last one. The one shown gives way to another. */
  removeWorkspace(workspace: WorkspaceRecord): Promise<void>;
  /** Deletes all notes, indexes and settings, in every tab, and begins anew. */
  deleteEverything(): Promise<void>;
}

export const Context = createContext<AppContext | null>(null);

export function useApp(): AppContext {
  const ctx = useContext(Context);
  if (!ctx) throw new Error('useApp outside of <App>');
  return ctx;
}
