/** Goes on with an import whose dropped folders the browser has kept within reach. */
import type { Unfinished } from '../../storage/notes/index.ts';
import type { AppContext } from '../core/context.ts';
import { runImport } from './run.ts';
import { type Source, unreadSource } from './source.ts';

/** Of the File System Access API, as far as it is used; not in TypeScript's library yet. */
interface Handle {
  kind: 'file' | 'directory';
  name: string;
  queryPermission?(options: { mode: 'read' }): Promise<PermissionState>;
  requestPermission?(options: { mode: 'read' }): Promise<PermissionState>;
  getFile?(): Promise<File>;
  values?(): AsyncIterable<Handle>;
}

async function mayRead(handle: Handle): Promise<boolean> {
  const options = { mode: 'read' } as const;
  if ((await handle.queryPermission?.(options)) === 'granted') return true;
  return (await handle.requestPermission?.(options)) === 'granted';
}

async function filesBelow(handle: Handle, path: string, found: Source[]): Promise<void> {
  if (handle.kind === 'file') {
    const file = await handle.getFile?.().catch(() => null);
    found.push(file ? { path, file } : unreadSource(path, 'file'));
    return;
  }
  for await (const child of handle.values?.() ?? []) {
    await filesBelow(child, `${path}/${child.name}`, found);
  }
}

/** @returns false where the folders cannot be read any more: they are to be chosen again */
export async function resumeDropped(ctx: AppContext, before: Unfinished): Promise<boolean> {
  const handles = (before.handles ?? []) as Handle[];
  try {
    const found: Source[] = [];
    for (const handle of handles) {
      if (!(await mayRead(handle))) return false;
      await filesBelow(handle, handle.name, found);
    }
    if (found.length === 0) return false;
    void runImport(ctx, found, Promise.resolve(handles));
    return true;
  } catch {
    return false;
  }
}
