import {
  DEFAULT_WORKSPACE,
  type WorkspaceRecord,
  type Workspaces,
} from '../../storage/workspaces.ts';
import { forget, isOurKey, keysOf, recall, remember } from '../core/web-storage.ts';
import { drop, unsavedDrafts } from '../editor/drafts.ts';
import { leftOver } from '../workspaces/left-over.ts';

/** Key in sessionStorage of the workspace that this tab shows, so that two tabs may show two. */
const KEY = 'findling-workspace';
/** Key in the register's `kv` of the workspace last used. */
const LAST = 'last-workspace';

/** Remembers which workspace is shown: by this tab, and last of all tabs. */
export function rememberShown(workspaces: Workspaces, id: string): void {
  remember('session', KEY, id);
  void workspaces.setSetting(LAST, id).catch(() => {});
}

/** Workspaces in the order in which a start tries them: the one this tab showed, or the last used. */
export async function asLastShown(workspaces: Workspaces): Promise<WorkspaceRecord[]> {
  const all = await workspaces.list();
  const wanted = recall('session', KEY) ?? (await workspaces.setting(LAST));
  const rank = ({ id }: WorkspaceRecord): number =>
    id === wanted ? 0 : id === DEFAULT_WORKSPACE ? 1 : 2;
  return all.sort((a, b) => rank(a) - rank(b));
}

/** Forgets what this tab alone remembers: another tab cannot delete it. */
export function forgetTab(): void {
  for (const key of keysOf('session')) if (isOurKey(key)) forget('session', key);
}

/** Forgets what could not be saved. */
export function forgetUnsaved(): void {
  for (const draft of unsavedDrafts()) drop(draft);
  leftOver.value = null;
}
