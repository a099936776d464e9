import type { Migration } from './migration.ts';

/** When tags, folder or pin were changed is known from now on: until then, when the text was. */
export const metaChanged: Migration = async (_db, tx) => {
  let note = await tx.objectStore('notes').openCursor();
  while (note) {
    await note.update({ ...note.value, metaChanged: note.value.modified });
    note = await note.continue();
  }
  let trashed = await tx.objectStore('trash').openCursor();
  while (trashed) {
    const { meta } = trashed.value;
    await trashed.update({ ...trashed.value, meta: { ...meta, metaChanged: meta.modified } });
    trashed = await trashed.continue();
  }
};
