import { type Signal, signal } from '@preact/signals';
import { FAULTS } from '../build-id.ts';
import { openNotes } from '../storage/notes/index.ts';
import { DEFAULT_WORKSPACE, type WorkspaceRecord, type Workspaces } from '../storage/workspaces.ts';
import { appFolder, explainSpawnFailure, spawnWorker } from './boot.ts';
import type { AppContext } from './context.ts';
import { forgetLibrary, watchLibrary } from './durability.ts';
import { saveAllDrafts } from './editor/drafts.ts';
import { createEngine } from './engine/engine.ts';
import { gpuMemory } from './engine/gpu-memory.ts';
import type { Notice } from './engine/types.ts';
import { errorText } from './errors-text.ts';
import { stopWork, workEnded } from './long-work.ts';
import { watchOfflineReady } from './offline-ready.ts';
import { go } from './router.ts';
import type { StorageWatch } from './storage-watch.ts';
import { S } from './strings.ts';
import { openTabs } from './tabs.ts';
import { toast } from './toasts.tsx';
import { sayOtherVersion } from './update.ts';
import { recall, remember } from './web-storage.ts';

export interface SessionDeps {
  workspaces: Workspaces;
  /** The first worker waits for this: only what a controlled worker loads is kept offline. */
  controlled: Promise<unknown>;
  storage: StorageWatch;
  notice: Signal<Notice | null>;
  now(): number;
  newId(): string;
}

export interface Sessions {
  current: Signal<AppContext | null>;
  start(): Promise<void>;
  /** Saves everything and stops the engine, before a reload; false where something cannot be saved. */
  rest(): Promise<boolean>;
  /** The databases are new and empty: lists are read anew, and this workspace is one of the new. */
  storageCleared(): Promise<void>;
}

/** Remembered for this tab, so that two tabs may show two workspaces; else the last one used. */
const KEY = 'findling-workspace';
const LAST = 'last-workspace';

/**
 * One workspace at a time in a tab: its notes, its engine. A switch saves what is open, awaits the
 * old engine's shutdown, and only then opens the new one; nothing of the old goes on.
 */
export function createSessions(deps: SessionDeps): Sessions {
  const current = signal<AppContext | null>(null);
  const { workspaces, now, newId } = deps;
  let switching = false;
  let stopWatching = () => {};

  async function open(workspace: WorkspaceRecord): Promise<void> {
    const notes = await openNotes(workspace.id, { now, newId }, deps.storage.connection);
    const engine = createEngine({
      workspace: workspace.id,
      base: appFolder(),
      spawn: spawnWorker,
      explain: explainSpawnFailure,
      newId,
      after: deps.controlled,
      count: notes.count,
      notice: deps.notice,
      describe: (error) => errorText(error),
      otherVersion: sayOtherVersion,
      gpu: { ...gpuMemory, lostText: S.gpuLost },
    });
    const offlineReady = watchOfflineReady(engine.status);
    const ctx: AppContext = {
      notes,
      workspaces,
      engine,
      storageNotice: deps.storage.notice,
      offlineReady,
      now,
      newId,
      workspace,
      switchTo,
      removeWorkspace,
      deleteEverything,
    };
    if (FAULTS) Object.assign(globalThis, { findling: ctx });
    current.value = ctx;
    stopWatching = watchLibrary(ctx);
    rememberShown(workspace.id);
  }

  async function switchTo(workspace: WorkspaceRecord): Promise<void> {
    const old = current.peek();
    if (!old || switching || old.workspace.id === workspace.id) return;
    switching = true;
    try {
      await stopWork();
      if (!(await saveAllDrafts())) {
        toast(S.switchUnsaved);
        return;
      }
      go('#/notes');
      await leave(old);
      await open(workspace);
    } finally {
      switching = false;
    }
  }

  /** Ends a workspace in this tab: its worker is gone and its connections are closed. */
  async function leave(old: AppContext): Promise<void> {
    current.value = null;
    stopWatching();
    await old.engine.shutdown();
    old.notes.close();
    deps.notice.value = null;
  }

  const tabs = openTabs({
    shows: (workspace) => workspace === null || current.peek()?.workspace.id === workspace,
    async letGo(workspace) {
      const old = current.peek();
      // At once, or a connection that the deletion takes would be opened anew, and the database with it.
      old?.notes.close();
      if (workspace === null) workspaces.close();
      if (old) await leave(old);
    },
    again: () => location.reload(),
  });

  async function removeWorkspace(workspace: WorkspaceRecord): Promise<void> {
    const others = (await workspaces.list()).filter(({ id }) => id !== workspace.id);
    const [other] = others;
    if (!other) return;
    if (current.peek()?.workspace.id === workspace.id) await switchTo(other);
    // Still shown: a note could not be saved, and said so.
    if (current.peek()?.workspace.id === workspace.id) return;
    await tabs.deleting(workspace.id, () => workspaces.remove(workspace.id));
  }

  async function deleteEverything(): Promise<void> {
    const old = current.peek();
    if (!old || switching) return;
    switching = true;
    await stopWork();
    await leave(old);
    await tabs.deleting(null, () => workspaces.removeAll());
    const { openKeptModels } = await import('../storage/models/kept.ts');
    await openKeptModels(appFolder()).removeAll();
    try {
      localStorage.clear();
      sessionStorage.clear();
    } catch {
      // Nothing is kept there either, then.
    }
    history.replaceState(null, '', '#/notes');
    location.reload();
  }

  function rememberShown(id: string): void {
    remember('session', KEY, id);
    void workspaces.setSetting(LAST, id).catch(() => {});
  }

  async function start(): Promise<void> {
    const all = await workspaces.list();
    const wanted = recall('session', KEY) ?? (await workspaces.setting<string>(LAST));
    const first =
      all.find(({ id }) => id === wanted) ?? all.find(({ id }) => id === DEFAULT_WORKSPACE);
    await open(first ?? all[0]!);
  }

  async function storageCleared(): Promise<void> {
    const ctx = current.peek();
    if (!ctx) return;
    forgetLibrary();
    ctx.engine.announce([]);
    try {
      const all = await workspaces.list();
      if (!all.some(({ id }) => id === ctx.workspace.id)) await workspaces.create(ctx.workspace);
      rememberShown(ctx.workspace.id);
    } catch (thrown) {
      toast(errorText(thrown));
    }
  }

  async function rest(): Promise<boolean> {
    await workEnded();
    if (!(await saveAllDrafts())) return false;
    await current.peek()?.engine.shutdown();
    // What was typed meanwhile.
    return saveAllDrafts();
  }

  return { current, start, rest, storageCleared };
}
