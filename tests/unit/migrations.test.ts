import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, it } from 'vitest';
import { openIndexStore } from '../../src/storage/index/index-store.ts';
import { SCHEMA_VERSION } from '../../src/storage/migrations/index.ts';
import { openNotes } from '../../src/storage/notes/index.ts';
import { putStored, readStored } from '../support/stored.ts';

const STORED = readStored('version-5');
const stored = STORED.find(({ name }) => name === 'findling-ws-default')!;
const rowsOf = (name: string) => stored.stores.find((store) => store.name === name)!.rows;

it('a workspace of version 5 keeps every note, version, image and passage', async () => {
  await putStored(stored);
  const index = await openIndexStore('default');
  const notes = await openNotes('default', { now: () => 1, newId: () => 'x' });
  const all = await notes.list();
  expect(all).toHaveLength(rowsOf('notes').length);
  for (const { value } of rowsOf('notes')) {
    const before = value as { id: string; modified: number };
    const after = await notes.get(before.id);
    // What was there is there still; the text has not moved.
    expect(after?.meta).toEqual({ ...before, metaChanged: before.modified });
    const body = rowsOf('bodies').find((row) => (row.value as { id: string }).id === before.id);
    expect(body?.value).toEqual({ id: before.id, text: after?.text });
  }
  const db = await openDB('findling-ws-default');
  expect(db.version).toBe(SCHEMA_VERSION);
  for (const { name, rows } of stored.stores) {
    expect([name, await db.count(name)]).toEqual([name, rows.length]);
  }
  const [trashed] = await db.getAll('trash');
  expect(trashed.meta.metaChanged).toBe(trashed.meta.modified);
  // One that was deleted by the earlier version comes back in this one.
  expect(await notes.restore(trashed.id)).toMatchObject({ title: trashed.meta.title });
  db.close();
  notes.close();
  index.close();
});
