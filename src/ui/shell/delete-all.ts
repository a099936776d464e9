/**
 * "Delete all data": everything of this app, known by its name. Other apps may share the origin
 * (`user.github.io`), and so may copies of this app in other folders: databases, files and keys
 * hold no folder in their names and are shared by all copies; caches hold it, and those of another
 * folder stay.
 */
import type { Workspaces } from '../../storage/workspaces.ts';
import { forget, isOurKey, keysOf } from '../core/web-storage.ts';

/** One deletion at a time in all tabs. */
const LOCK = 'findling-delete-all';

/**
 * Whether a cache is deleted: those of the copy in `folder`, with the kept models. Not its shells:
 * they are the app's own files, as everybody is served them, and only an update fetches them again;
 * without them the app would not start offline.
 * @param folder path of the app's folder, ending in `/`
 */
export function isOurData(cache: string, folder: string): boolean {
  const prefix = `findling:${folder}:`;
  return cache.startsWith(prefix) && !cache.startsWith(`${prefix}shell:`);
}

/**
 * Deletes what `markAllDeleting` has marked. The register goes last, so that a start after a cut
 * continues with it.
 * @param folder as in `isOurData`
 * @param onBlocked another tab still has a database open; it continues when that one has closed it
 */
export function deleteAll(
  workspaces: Workspaces,
  folder: string,
  onBlocked: () => void,
): Promise<void> {
  return navigator.locks.request(LOCK, async () => {
    // Where the browser has none of these, or does not let us see them, nothing is in them.
    await deleteCaches(folder).catch(() => {});
    await deleteFiles().catch(() => {});
    for (const area of ['local', 'session'] as const) {
      for (const key of keysOf(area)) if (isOurKey(key)) forget(area, key);
    }
    await workspaces.deleteAll(onBlocked);
  });
}

async function deleteCaches(folder: string): Promise<void> {
  for (const name of await caches.keys()) if (isOurData(name, folder)) await caches.delete(name);
}

async function deleteFiles(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const names: string[] = [];
  for await (const name of root.keys()) if (isOurKey(name)) names.push(name);
  for (const name of names) await root.removeEntry(name, { recursive: true });
}
