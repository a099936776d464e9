import { type Migration, storesOf } from './migration.ts';

/** The first schema: notes, their texts (a list reads none) and the index, each in stores of its own. */
export const initial: Migration = (db) => {
  const notes = db.createObjectStore('notes', { keyPath: 'id' });
  notes.createIndex('path', 'path');
  notes.createIndex('modified', 'modified');
  db.createObjectStore('bodies', { keyPath: 'id' });
  db.createObjectStore('pending', { keyPath: 'note' });
  db.createObjectStore('quarantine', { keyPath: 'note' });
  const versions = db.createObjectStore('versions', { keyPath: 'id', autoIncrement: true });
  versions.createIndex('note', 'note');
  db.createObjectStore('trash', { keyPath: 'id' });
  db.createObjectStore('passages', { keyPath: ['gen', 'note'] });
  db.createObjectStore('vectors', { keyPath: ['gen', 'hash'] });
  storesOf(db).createObjectStore('texts', { keyPath: ['gen', 'hash'] });
  db.createObjectStore('kv');
};
