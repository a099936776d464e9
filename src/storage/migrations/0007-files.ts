import type { Migration } from './migration.ts';

/**
 * Which attachment a path names, and files as they came. Of notes that are there nothing is known of
 * their files: their next import tells.
 */
export const files: Migration = (db) => {
  db.createObjectStore('files', { keyPath: 'path' });
  db.createObjectStore('originals', { keyPath: 'note' });
};
