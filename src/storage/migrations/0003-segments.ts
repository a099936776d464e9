import { type Migration, storesOf } from './migration.ts';

/**
 * Vectors of finished runs lie together by the hundred, and the keyword index is kept: one large
 * read costs a fraction of many small ones. What lies apart is moved there by the worker, later.
 */
export const segments: Migration = (db) => {
  db.createObjectStore('segments', { keyPath: ['gen', 'id'] });
  db.createObjectStore('segmentVectors', { keyPath: ['gen', 'id'] });
  storesOf(db).createObjectStore('segmentTexts', { keyPath: ['gen', 'id'] });
  db.createObjectStore('keyword');
};
