/** What must be true: the plain model that the database is held against. Pure. */
import type { Action } from './actions.ts';

export interface ModelNote {
  key: string;
  /** As the app names it: the key itself, or unknown until the runner has looked. */
  id: string | null;
  title: string;
  text: string;
  path: string;
  revision: number;
  /** The only note that holds it. */
  word: string;
  /** As imported last. */
  importText?: string;
  importedRevision?: number;
}

export interface Version {
  key: string;
  title: string;
  text: string;
  why: 'import-conflict' | 'edit-conflict';
}

export interface ModelWorkspace {
  id: string;
  notes: Map<string, ModelNote>;
  trash: Map<string, ModelNote>;
  versions: Version[];
  paused: boolean;
}

export interface ModelTab {
  id: string;
  workspace: string;
  /** Workers ended since its page was loaded: each pause before the next is twice as long. */
  kills: number;
}

export interface World {
  workspaces: Map<string, ModelWorkspace>;
  tabs: Map<string, ModelTab>;
}

export const newWorkspace = (id: string): ModelWorkspace => ({
  id,
  notes: new Map(),
  trash: new Map(),
  versions: [],
  paused: false,
});

export const newWorld = (): World => ({
  workspaces: new Map([['default', newWorkspace('default')]]),
  tabs: new Map([['tab1', { id: 'tab1', workspace: 'default', kills: 0 }]]),
});

export const workspaceOf = (world: World, tab: string): ModelWorkspace =>
  world.workspaces.get(world.tabs.get(tab)!.workspace)!;

/** The one rare word of a text. */
export const wordOf = (text: string): string =>
  /\b[bdfgklmnprtvz][a-z]{13}\b/.exec(text)?.[0] ?? '';

const copyIndex = ({ notes }: ModelWorkspace, path: string): number =>
  [...notes.keys()].filter((key) => key.startsWith(`${path}#`)).length;

export function write(
  ws: ModelWorkspace,
  { key, title, text }: { key: string; title: string; text: string },
): void {
  const old = ws.notes.get(key);
  if (old && old.title === title && old.text === text) return;
  ws.notes.set(key, {
    ...(old ?? { key, id: key, path: '' }),
    title,
    text,
    revision: (old?.revision ?? 0) + 1,
    word: wordOf(text),
  });
}

export function remove(ws: ModelWorkspace, key: string): void {
  ws.trash.set(key, ws.notes.get(key)!);
  ws.notes.delete(key);
}

function restore(ws: ModelWorkspace, key: string): void {
  const old = ws.trash.get(key)!;
  const revision = old.revision + 1;
  const importedRevision = old.importedRevision === old.revision ? revision : old.importedRevision;
  ws.trash.delete(key);
  ws.notes.set(key, { ...old, revision, importedRevision });
}

export const titleOfFile = (path: string): string => path.replace(/^.*\/|\.md$/g, '');

/** What importing these files does; how many are imported. */
export function importAll(ws: ModelWorkspace, files: Record<string, string>): number {
  let imported = 0;
  for (const [path, text] of Object.entries(files)) {
    const old = [...ws.notes.values()].find((note) => note.path === path);
    const title = titleOfFile(path);
    const fileChanged = old?.importText !== text;
    const noteChanged = old?.importedRevision !== old?.revision;
    if (!old || (fileChanged && !noteChanged)) {
      imported++;
      const revision = (old?.revision ?? 0) + 1;
      // A deleted note's file makes a new note: the trash keeps the old one under the old key.
      const key = old?.key ?? `${path}#${trashed(ws, path) + copyIndex(ws, path)}`;
      ws.notes.set(key, {
        key,
        id: old?.id ?? null,
        title,
        text,
        path,
        revision,
        word: wordOf(text),
        importText: text,
        importedRevision: revision,
      });
    } else if (fileChanged) {
      ws.versions.push({ key: old.key, title, text, why: 'import-conflict' });
      ws.notes.set(old.key, { ...old, importText: text });
    }
  }
  return imported;
}

const trashed = ({ trash }: ModelWorkspace, path: string): number =>
  [...trash.values()].filter((note) => note.path === path).length;

/** Does to the model what the action does to the app. */
export function apply(world: World, action: Action): void {
  const { workspaces, tabs } = world;
  if (action.kind === 'open') {
    if (!workspaces.has(action.workspace)) {
      workspaces.set(action.workspace, newWorkspace(action.workspace));
    }
    tabs.set(action.tab, { id: action.tab, workspace: action.workspace, kills: 0 });
    return;
  }
  const tab = tabs.get(action.tab)!;
  const ws = workspaceOf(world, action.tab);
  switch (action.kind) {
    case 'save':
    case 'edit':
    case 'rename':
    case 'squeeze':
      write(ws, action);
      break;
    case 'conflict': {
      const { key, title, text } = ws.notes.get(action.key)!;
      ws.versions.push({ key, title, text, why: 'edit-conflict' });
      write(ws, action);
      break;
    }
    case 'rush':
      for (const note of action.notes) write(ws, note);
      break;
    case 'delete':
      remove(ws, action.key);
      break;
    case 'clear':
      for (const key of action.keys) remove(ws, key);
      break;
    case 'restore':
      restore(ws, action.key);
      break;
    case 'import':
    case 'reimport':
      importAll(ws, action.files);
      if (action.cutAfterMs !== null) tab.kills = 0;
      break;
    case 'kill':
    case 'fault':
      tab.kills++;
      break;
    case 'close':
      tabs.delete(action.tab);
      break;
    case 'reload':
      tab.kills = 0;
      break;
    case 'switch':
      if (!workspaces.has(action.workspace)) {
        workspaces.set(action.workspace, newWorkspace(action.workspace));
      }
      tab.workspace = action.workspace;
      tab.kills = 0;
      break;
    case 'pause':
    case 'resume':
      ws.paused = action.kind === 'pause';
      break;
    case 'rebuild':
    case 'search':
      break;
  }
}
