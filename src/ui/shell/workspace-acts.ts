import type { WorkspaceRecord, Workspaces } from '../../storage/workspaces.ts';
import type { AppContext } from '../core/context.ts';
import { S } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { forget, keysOf } from '../core/web-storage.ts';
import { journalKeysOf } from '../editor/journal/keys.ts';
import { workspacesChanged } from '../workspaces/workspaces-changed.ts';
import type { Tabs } from './tabs.ts';
import { W } from './words.ts';

/** How long a deletion is waited for; held up by another tab, it continues by itself, ms. */
const DELETION_MS = 5_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export interface WorkspaceActsDeps {
  workspaces: Workspaces;
  tabs: Pick<Tabs, 'listChanged' | 'deleting'>;
  now(): number;
  newId(): string;
  /** Id of the workspace that is shown. */
  shown(): string | undefined;
  switchTo(workspace: WorkspaceRecord): Promise<void>;
}

export interface WorkspaceActs
  extends Pick<
    AppContext,
    'createWorkspace' | 'renameWorkspace' | 'removeWorkspace' | 'keepFound' | 'removeFound'
  > {
  /** The steps after the mark; the next start finishes what is cut off here. */
  finishDeleting(id: string): Promise<void>;
}

/** What changes the list of workspaces; every tab hears of it. */
export function workspaceActs(deps: WorkspaceActsDeps): WorkspaceActs {
  const { workspaces, tabs, now, newId } = deps;

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
    if (other && deps.shown() === id) {
      await deps.switchTo(other);
      // Still shown: a note could not be saved, and that was said.
      if (deps.shown() === id) return false;
    }
    if (!(await workspaces.markDeleting(id))) {
      toast(W.lastWorkspace);
      return false;
    }
    tellListChanged();
    await finishDeleting(id);
    return true;
  }

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
  return {
    createWorkspace,
    renameWorkspace,
    removeWorkspace,
    keepFound,
    removeFound,
    finishDeleting,
  };
}
