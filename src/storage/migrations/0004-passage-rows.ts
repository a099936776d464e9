import { toRow } from '../index/passage-row.ts';
import type { PassageList } from '../schema.ts';
import type { Migration } from './migration.ts';

/**
 * Passage lists become rows of bytes. It deflated the texts of segments, too, which the next step
 * deletes.
 */
export const passageRows: Migration = async (_db, tx) => {
  let list = await tx.objectStore('passages').openCursor();
  while (list) {
    await list.update(toRow(list.value as unknown as PassageList));
    list = await list.continue();
  }
};
