/** A file to import, and where it lay. */
export interface Source {
  path: string;
  file: File;
  /** The browser could not get at it: `file` is empty, and of a folder nothing is known. */
  unread?: 'file' | 'folder';
}

/** Stands for what could not be read, so that it is told. */
export const unreadSource = (path: string, unread: 'file' | 'folder'): Source => ({
  path,
  file: new File([], path.slice(path.lastIndexOf('/') + 1)),
  unread,
});
