import { type Signal, signal } from '@preact/signals';
import { FAULTS } from '../../build-id.ts';
import { isCode } from '../../errors.ts';
import type { WorkspaceRecord, Workspaces } from '../../storage/workspaces.ts';
import { appFolder } from '../core/app-folder.ts';
import type { AppContext } from '../core/context.ts';
import { forgetLibrary, watchLibrary } from '../core/durability.ts';
import type { Notice } from '../core/engine-types.ts';
import { errorText } from '../core/errors-text.ts';
import { go } from '../core/router.ts';
import { toast } from '../core/toasts.tsx';
import { drop, saveAllDrafts, unsavedDrafts } from '../editor/drafts.ts';
import type { JournalSession } from '../editor/journal/session.ts';
import { createEngine } from '../engine/engine.ts';
import { gpuMemory } from '../engine/gpu-memory.ts';
import type { PageRealm } from '../engine/page.ts';
import { stopWork, workEnded } from '../work/long-work.ts';
import { watchFound } from '../workspaces/found-workspaces.ts';
import { leftOver } from '../workspaces/left-over.ts';
import { workspacesChanged } from '../workspaces/workspaces-changed.ts';
import { explainSpawnFailure, spawnWorker } from './boot.ts';
import { watchOfflineReady } from './offline-ready.ts';
import { firstThatOpens, type Opened, openWorkspace } from './open-workspace.ts';
import type { StorageWatch } from './storage-watch.ts';
import { asLastShown, forgetTab, forgetUnsaved, rememberShown } from './tab-memory.ts';
import { openTabs } from './tabs.ts';
import { sayOtherVersion } from './update.ts';
import { W } from './words.ts';
import { workspaceActs } from './workspace-acts.ts';

export interface SessionDeps {
  workspaces: Workspaces;
  /** The first worker waits for this: only what a controlled worker loads is kept offline. */
  controlled: Promise<unknown>;
  storage: StorageWatch;
  journal: JournalSession;
  notice: Signal<Notice | null>;
  realm: PageRealm;
  now(): number;
  newId(): string;
}

export interface Sessions {
  current: Signal<AppContext | null>;
  /** What is said while no workspace is shown: e.g. that everything is being deleted. */
  meanwhile: Signal<string | null>;
  /** Shows a workspace. @returns what there is to say about another one that could not be shown */
  start(): Promise<string | null>;
  /**
   * Saves everything and stops the engine, before a reload; false where something cannot be saved.
   */
  rest(): Promise<boolean>;
  /**
   * The databases are new and empty: lists are read again, and this workspace is one of the new.
   */
  storageCleared(): void;
  /** Another tab deleted everything, the register included: this tab starts over. */
  everythingGone(): void;
}

/** How long a last save may take before this tab leaves a workspace that is being deleted, ms. */
const LAST_SAVE_MS = 1_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * One workspace at a time in a tab: its notes, its engine. A switch opens the new one's notes,
 * saves what is open, awaits the old engine's shutdown, and only then shows the new one; nothing of
 * the old continues.
 */
export function createSessions(deps: SessionDeps): Sessions {
  const current = signal<AppContext | null>(null);
  const meanwhile = signal<string | null>(null);
  const { workspaces, journal, now, newId } = deps;
  let switching = false;
  let stopWatching = () => {};
  let shown: Opened | null = null;

  const open = (workspace: WorkspaceRecord): Promise<Opened> =>
    openWorkspace(
      {
        ...deps,
        onGone: (opened) => {
          if (opened === shown) void moveAway();
        },
        onNamed: (opened, note) => {
          if (opened === shown) current.peek()?.engine.announce([note]);
        },
      },
      workspace,
    );

  function show(opened: Opened): void {
    const { workspace, notes, changed, takeUp } = opened;
    const engine = createEngine({
      workspace: workspace.id,
      realm: deps.realm,
      base: appFolder(),
      spawn: spawnWorker,
      explain: explainSpawnFailure,
      newId,
      after: deps.controlled,
      count: notes.count,
      notice: deps.notice,
      describe: (error) => errorText(error),
      otherVersion: sayOtherVersion,
      gpu: { ...gpuMemory, lostText: W.gpuLost },
    });
    const offlineReady = watchOfflineReady(engine.status);
    const ctx: AppContext = {
      notes,
      journal: journal.journal,
      workspaces,
      engine,
      storageNotice: deps.storage.notice,
      offlineReady,
      now,
      newId,
      workspace,
      switchTo,
      createWorkspace: acts.createWorkspace,
      renameWorkspace: acts.renameWorkspace,
      removeWorkspace: acts.removeWorkspace,
      keepFound: acts.keepFound,
      removeFound: acts.removeFound,
      deleteEverything,
    };
    if (FAULTS) Object.assign(globalThis, { findling: ctx });
    shown = opened;
    current.value = ctx;
    const tell = (ids: string[]): void => engine.noteSaved(ids);
    if (changed.length > 0) tell(changed);
    const stops = [watchLibrary(ctx), journal.watch(takeUp, tell)];
    stopWatching = () => {
      for (const stop of stops) stop();
    };
    rememberShown(workspaces, workspace.id);
  }

  /** A switch is over. */
  function settle(): void {
    switching = false;
    // Deleted by another tab meanwhile.
    if (shown?.gone) void moveAway();
  }

  async function switchTo(workspace: WorkspaceRecord): Promise<void> {
    const old = current.peek();
    if (!old || switching || old.workspace.id === workspace.id) return;
    switching = true;
    let next: Opened | null = null;
    try {
      // First, for it may be gone: then this tab stays where it is.
      next = await open(workspace);
      await stopWork();
      if (!(await saveAllDrafts())) {
        toast(W.switchUnsaved);
        next.notes.close();
        return;
      }
      go('#/notes');
      await leave(old);
      show(next);
    } catch (thrown) {
      if (next && next !== shown) next.notes.close();
      // The list that it was chosen from is an old one.
      if (isCode(thrown, 'workspace-gone')) workspacesChanged.value++;
      throw thrown;
    } finally {
      settle();
    }
  }

  /** Ends a workspace in this tab: its worker is gone and its connections are closed. */
  async function leave(old: AppContext): Promise<void> {
    current.value = null;
    shown = null;
    stopWatching();
    await old.engine.shutdown();
    old.notes.close();
    deps.notice.value = null;
  }

  /**
   * The workspace shown is being deleted by another tab, or is deleted. What can still be saved is;
   * what cannot is kept in memory and shown; then another workspace takes its place.
   */
  async function moveAway(): Promise<void> {
    const old = current.peek();
    if (!old || switching) return;
    switching = true;
    void stopWork();
    await Promise.race([saveAllDrafts(), pause(LAST_SAVE_MS)]);
    const unsaved = unsavedDrafts();
    const texts = unsaved.map(({ autosave }) => autosave.draft);
    go('#/notes');
    await leave(old);
    for (const draft of unsaved) drop(draft);
    try {
      const others = (await workspaces.list()).filter(({ id }) => id !== old.workspace.id);
      const { opened } = await firstThatOpens(others, open);
      if (!opened && (await workspaces.allMarkedDeleting())) {
        meanwhile.value = W.deleting;
        return;
      }
      const { id, name } = old.workspace;
      if (texts.length > 0) leftOver.value = { id, workspace: name, texts };
      show(opened ?? (await open(await acts.createWorkspace(W.firstWorkspace))));
      deps.storage.say(W.deletedHere(name));
    } catch (thrown) {
      // Not even another workspace can be opened.
      meanwhile.value = errorText(thrown);
    } finally {
      settle();
    }
  }

  const tabs = openTabs({
    workspaceDeleting(workspace) {
      if (shown?.workspace.id === workspace) void moveAway();
    },
    letGo() {
      const old = current.peek();
      // At once, or a connection that the deletion takes would be opened again.
      old?.notes.close();
      workspaces.close();
      forgetTab();
      meanwhile.value = W.deleting;
      if (old) void leave(old);
    },
    again: everythingGone,
    listChanged: () => {
      workspacesChanged.value++;
    },
  });

  const acts = workspaceActs({
    ...deps,
    tabs,
    shown: () => current.peek()?.workspace.id,
    switchTo,
  });

  async function deleteEverything(): Promise<void> {
    const old = current.peek();
    if (!old || switching) return;
    switching = true;
    try {
      await stopWork();
      await workspaces.markAllDeleting();
    } catch (thrown) {
      switching = false;
      throw thrown;
    }
    meanwhile.value = W.deleting;
    await leave(old);
    forgetUnsaved();
    try {
      await tabs.deleting(null, async () => {
        const { deleteAll } = await import('./delete-all.ts');
        await deleteAll(workspaces, new URL(appFolder()).pathname, () => {
          meanwhile.value = W.deletionBlocked;
        });
      });
    } finally {
      // What is left is deleted by the start.
      history.replaceState(null, '', '#/notes');
      location.reload();
    }
  }

  function everythingGone(): void {
    forgetTab();
    forgetUnsaved();
    location.reload();
  }

  async function start(): Promise<string | null> {
    const { opened, missing } = await firstThatOpens(await asLastShown(workspaces), open);
    show(opened ?? (await open(await acts.createWorkspace(W.firstWorkspace))));
    settle();
    watchFound(workspaces);
    // In the background: a tab that still has one open may hold it up.
    for (const id of await workspaces.markedDeleting()) acts.finishDeleting(id).catch(() => {});
    return missing.length > 0 ? W.workspacesMissing(missing.join(', ')) : null;
  }

  function storageCleared(): void {
    const ctx = current.peek();
    if (!ctx) return;
    forgetLibrary();
    ctx.engine.announce([]);
    rememberShown(workspaces, ctx.workspace.id);
    // Its own record was written again as its database was opened (`workspaces.permit`).
    workspacesChanged.value++;
  }

  async function rest(): Promise<boolean> {
    await workEnded();
    if (!(await saveAllDrafts())) return false;
    await current.peek()?.engine.shutdown();
    // What was typed meanwhile.
    return saveAllDrafts();
  }

  return { current, meanwhile, start, rest, storageCleared, everythingGone };
}
