import { type Signal, signal } from '@preact/signals';
import { FAULTS } from '../../build-id.ts';
import { isCode } from '../../errors.ts';
import { type Notes, openNotes } from '../../storage/notes/index.ts';
import {
  DEFAULT_WORKSPACE,
  type WorkspaceRecord,
  type Workspaces,
} from '../../storage/workspaces.ts';
import { appFolder } from '../core/app-folder.ts';
import type { AppContext } from '../core/context.ts';
import { forgetLibrary, watchLibrary } from '../core/durability.ts';
import type { Notice } from '../core/engine-types.ts';
import { errorText } from '../core/errors-text.ts';
import { go } from '../core/router.ts';
import { S } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { forget, isOurKey, keysOf, recall, remember } from '../core/web-storage.ts';
import { drop, saveAllDrafts, unsavedDrafts } from '../editor/drafts.ts';
import { journaledNotes } from '../editor/journal/acts.ts';
import { journalKeysOf } from '../editor/journal/keys.ts';
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
import type { StorageWatch } from './storage-watch.ts';
import { openTabs } from './tabs.ts';
import { sayOtherVersion } from './update.ts';
import { W } from './words.ts';

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

/** Key in sessionStorage of the workspace that this tab shows, so that two tabs may show two. */
const KEY = 'findling-workspace';
/** Key in the register's `kv` of the workspace last used. */
const LAST = 'last-workspace';
/** How long a last save may take before this tab leaves a workspace that is being deleted, ms. */
const LAST_SAVE_MS = 1_000;
/** How long a deletion is waited for; held up by another tab, it continues by itself, ms. */
const DELETION_MS = 5_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A workspace whose notes are open, and which is not shown yet. */
interface Opened {
  workspace: WorkspaceRecord;
  notes: Notes;
  /** Notes that ended tabs had left unsaved, and the way to look for more. */
  changed: string[];
  takeUp(): Promise<string[]>;
  /** Another tab has deleted it since. */
  gone: boolean;
}

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

  /** @throws FindlingError, `workspace-gone` for one that another tab has deleted */
  async function open(workspace: WorkspaceRecord): Promise<Opened> {
    let opened: Opened | null = null;
    const events = {
      ...deps.storage.connection,
      onGone: () => {
        if (opened) opened.gone = true;
        if (opened && opened === shown) void moveAway();
      },
    };
    const permit = workspaces.creationPermit(workspace);
    const stored = await openNotes(workspace.id, { now, newId }, events, permit);
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
      createWorkspace,
      renameWorkspace,
      removeWorkspace,
      keepFound,
      removeFound,
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
    rememberShown(workspace.id);
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
      const { opened } = await firstThatOpens(others);
      if (!opened && (await workspaces.allMarkedDeleting())) {
        meanwhile.value = W.deleting;
        return;
      }
      const { id, name } = old.workspace;
      if (texts.length > 0) leftOver.value = { id, workspace: name, texts };
      show(opened ?? (await open(await createWorkspace(W.firstWorkspace))));
      deps.storage.say(W.deletedHere(name));
    } catch (thrown) {
      // Not even another workspace can be opened.
      meanwhile.value = errorText(thrown);
    } finally {
      settle();
    }
  }

  async function firstThatOpens(
    all: readonly WorkspaceRecord[],
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

  function tellListChanged(): void {
    workspacesChanged.value++;
    tabs.listChanged();
  }

  async function createWorkspace(name: string): Promise<WorkspaceRecord> {
    const record = { id: newId(), name, created: now() };
    await workspaces.create(record);
    tellListChanged();
    return record;
  }

  async function renameWorkspace(id: string, name: string): Promise<void> {
    try {
      await workspaces.rename(id, name);
    } finally {
      // One that is gone is still in the list that it was chosen from.
      tellListChanged();
    }
  }

  async function removeWorkspace(workspace: WorkspaceRecord): Promise<boolean> {
    const { id } = workspace;
    const other = (await workspaces.list()).find((one) => one.id !== id);
    if (other && current.peek()?.workspace.id === id) {
      await switchTo(other);
      // Still shown: a note could not be saved, and that was said.
      if (current.peek()?.workspace.id === id) return false;
    }
    if (!(await workspaces.markDeleting(id))) {
      toast(W.lastWorkspace);
      return false;
    }
    tellListChanged();
    await finishDeleting(id);
    return true;
  }

  /** The steps after the mark; the next start finishes what is cut off here. */
  async function finishDeleting(id: string): Promise<void> {
    const work = async (): Promise<void> => {
      for (const key of journalKeysOf(id, keysOf('local'))) forget('local', key);
      await workspaces.finishDeleting(id);
      tellListChanged();
    };
    await tabs.deleting(id, () => Promise.race([work(), pause(DELETION_MS)]));
  }

  async function keepFound(id: string): Promise<WorkspaceRecord> {
    const record = { id, name: await unusedName(S.foundNotes), created: now() };
    await workspaces.adopt(record);
    tellListChanged();
    return record;
  }

  async function removeFound(id: string): Promise<void> {
    // It has a record first, so that a deletion that is cut off is finished by the next start.
    await workspaces.adopt({ id, name: S.foundNotes, created: now(), state: 'deleting' });
    await finishDeleting(id);
    tellListChanged();
  }

  async function unusedName(name: string): Promise<string> {
    const used = new Set((await workspaces.list()).map((one) => one.name));
    let free = name;
    for (let i = 2; used.has(free); i++) free = `${name} ${i}`;
    return free;
  }

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

  /** What this tab alone remembers: another tab cannot delete it. */
  function forgetTab(): void {
    for (const key of keysOf('session')) if (isOurKey(key)) forget('session', key);
  }

  function forgetUnsaved(): void {
    for (const draft of unsavedDrafts()) drop(draft);
    leftOver.value = null;
  }

  function everythingGone(): void {
    forgetTab();
    forgetUnsaved();
    location.reload();
  }

  function rememberShown(id: string): void {
    remember('session', KEY, id);
    void workspaces.setSetting(LAST, id).catch(() => {});
  }

  async function start(): Promise<string | null> {
    const all = await workspaces.list();
    const wanted = recall('session', KEY) ?? (await workspaces.setting(LAST));
    const rank = ({ id }: WorkspaceRecord): number =>
      id === wanted ? 0 : id === DEFAULT_WORKSPACE ? 1 : 2;
    const { opened, missing } = await firstThatOpens(all.sort((a, b) => rank(a) - rank(b)));
    show(opened ?? (await open(await createWorkspace(W.firstWorkspace))));
    settle();
    watchFound(workspaces);
    // In the background: a tab that still has one open may hold it up.
    for (const id of await workspaces.markedDeleting()) finishDeleting(id).catch(() => {});
    return missing.length > 0 ? W.workspacesMissing(missing.join(', ')) : null;
  }

  function storageCleared(): void {
    const ctx = current.peek();
    if (!ctx) return;
    forgetLibrary();
    ctx.engine.announce([]);
    rememberShown(ctx.workspace.id);
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
