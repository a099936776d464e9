import type { NoteMeta } from '../../src/storage/notes/index.ts';

let made = 0;

/** What a list knows of a note, each made after the one before; its id is its path, or its title. */
export const noteMeta = (title: string, path = '', rest: Partial<NoteMeta> = {}): NoteMeta => ({
  id: path || title,
  title,
  path,
  tags: [],
  pinned: false,
  created: ++made,
  modified: 1,
  metaChanged: 1,
  revision: 1,
  size: 1,
  ...rest,
});
