import { type Migration, storesOf } from './migration.ts';

/** A passage's text can be made again from its note: it is not stored a second time any more. */
export const withoutTexts: Migration = (db) => {
  for (const name of ['texts', 'segmentTexts']) storesOf(db).deleteObjectStore(name);
};
