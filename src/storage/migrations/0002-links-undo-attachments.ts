import { linkKeys } from './link-keys-of-2.ts';
import type { Migration } from './migration.ts';

/** Who links to whom, undo across sessions, and pasted images. Links of older notes are read here. */
export const linksUndoAttachments: Migration = async (db, tx) => {
  const links = db.createObjectStore('links', { keyPath: 'note' });
  links.createIndex('to', 'to', { multiEntry: true });
  db.createObjectStore('undo', { keyPath: 'note' });
  db.createObjectStore('attachments', { keyPath: 'id' });
  let cursor = await tx.objectStore('bodies').openCursor();
  while (cursor) {
    const { id, text } = cursor.value;
    const to = linkKeys(text);
    if (to.length > 0) void tx.objectStore('links').put({ note: id, to });
    cursor = await cursor.continue();
  }
};
