import { toRow } from '../index/passage-row.ts';
import { packTexts } from '../index/segment-texts.ts';
import type { PassageList } from '../schema.ts';
import type { Migration } from './migration.ts';

/** Passage lists become rows of bytes, and the texts of segments are deflated. */
export const passageRows: Migration = async (_db, tx) => {
  let list = await tx.objectStore('passages').openCursor();
  while (list) {
    await list.update(toRow(list.value as unknown as PassageList));
    list = await list.continue();
  }
  let segment = await tx.objectStore('segmentTexts').openCursor();
  while (segment) {
    const { texts, ...rest } = segment.value;
    await segment.update({ ...rest, texts: packTexts(texts as unknown as string[]) });
    segment = await segment.continue();
  }
};
