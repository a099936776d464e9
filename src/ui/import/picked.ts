import { type Source, unreadSource } from './source.ts';

/** From a file input: a folder's files come with their path below it. */
export const fromInput = (files: ArrayLike<File>): Source[] =>
  Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, file }));

/**
 * From a drop, folders and their subfolders included. Call it inside the event: what was dropped
 * is out of reach afterwards. What cannot be read is among them, and says so.
 */
export function fromDrop(transfer: DataTransfer): Promise<Source[]> {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry?.() ?? null);
  const loose = fromInput(transfer.files);
  if (!entries.some((entry) => entry)) return Promise.resolve(loose);
  return walk(entries.filter((entry) => entry !== null));
}

interface KeepsHandles {
  getAsFileSystemHandle?(): Promise<unknown>;
}

/**
 * Handles of what was dropped, which outlive the page; undefined where the browser has none. To be
 * called inside the event, too.
 */
export function handlesOfDrop(transfer: DataTransfer): Promise<unknown[] | undefined> {
  const files = Array.from(transfer.items).filter(({ kind }) => kind === 'file');
  const asked = files.map((item) => (item as KeepsHandles).getAsFileSystemHandle?.());
  return Promise.all(asked).then(
    (handles) => (handles.length > 0 && handles.every(Boolean) ? handles : undefined),
    () => undefined,
  );
}

/** @returns all files below these, and what could not be read */
export async function walk(entries: FileSystemEntry[]): Promise<Source[]> {
  const found: Source[] = [];
  const waiting = [...entries];
  for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
    const path = entry.fullPath.replace(/^\//, '');
    if (entry.isDirectory) {
      const all = await children(entry as FileSystemDirectoryEntry);
      if (all.isCut) found.push(unreadSource(path, 'folder'));
      waiting.push(...all.entries);
    } else {
      const file = await fileOf(entry as FileSystemFileEntry);
      found.push(file ? { path, file } : unreadSource(path, 'file'));
    }
  }
  return found;
}

interface Children {
  entries: FileSystemEntry[];
  /** Reading it failed: there may be more. */
  isCut: boolean;
}

/** A reader gives a hundred entries or so at a time, and an empty list at the end. */
async function children(folder: FileSystemDirectoryEntry): Promise<Children> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[] | null>((resolve) =>
      reader.readEntries(resolve, () => resolve(null)),
    );
    if (!some?.length) return { entries, isCut: some === null };
    for (const one of some) entries.push(one);
  }
}

const fileOf = (entry: FileSystemFileEntry): Promise<File | null> =>
  new Promise((resolve) => entry.file(resolve, () => resolve(null)));

/** Whether a drag carries files, not a selected text or a link. */
export const carriesFiles = (transfer: DataTransfer | null): boolean =>
  transfer?.types.includes('Files') ?? false;
