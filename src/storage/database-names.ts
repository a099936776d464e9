/**
 * Names of this app's databases. They hold no folder: all copies of the app at one origin share
 * them. Other apps may have databases at the same origin; they are never touched.
 */

/** The list of workspaces, and the settings of the app as a whole. */
export const APP_DATABASE = 'findling-app';

/** A workspace's database is this and its id. */
const WORKSPACE_PREFIX = 'findling-ws-';

/** A workspace's database; `workspaceOf` is the way back. */
export const databaseName = (workspace: string): string => WORKSPACE_PREFIX + workspace;

/** Id of the workspace that a database belongs to; null for any other database. */
export function workspaceOf(name: string): string | null {
  const id = name.startsWith(WORKSPACE_PREFIX) ? name.slice(WORKSPACE_PREFIX.length) : '';
  return id || null;
}

/** Names of all databases of the origin; null where the browser does not list them. */
export async function allDatabaseNames(): Promise<string[] | null> {
  const all = await globalThis.indexedDB?.databases?.().catch(() => null);
  return all?.flatMap(({ name }) => name ?? []) ?? null;
}
