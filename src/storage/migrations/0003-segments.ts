import { type Migration, storesOf } from './migration.ts';

/**
 * Segments of vectors, and the keyword snapshot: one large
 * read costs a fraction of many small ones. The worker packs single vectors later.
 */
export const segments: Migration = (db) => {
  db.createObjectStore('segments', { keyPath: ['gen', 'id'] });
  db.createObjectStore('segmentVectors', { keyPath: ['gen', 'id'] });
  storesOf(db).createObjectStore('segmentTexts', { keyPath: ['gen', 'id'] });
  db.createObjectStore('keyword');
};
