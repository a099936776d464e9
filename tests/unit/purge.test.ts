import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { databaseName } from '../../src/storage/db.ts';
import type { DeletedNotes, Notes } from '../../src/storage/notes/index.ts';
import { createNotes } from '../support/fresh.ts';

const DAY = 24 * 60 * 60_000;
let workspace: string;
let notes: Notes;
let deleted: DeletedNotes;
let now: number;
let serial = 0;

beforeEach(async () => {
  workspace = `purge${++serial}`;
  now = Date.UTC(2026, 10, 1);
  notes = await createNotes(workspace, { now: () => now, newId: () => `id${++serial}` });
  deleted = await notes.deleted();
});

const save = (id: string, text: string, baseRevision = 0) =>
  notes.save({ id, title: `title ${id}`, text, baseRevision });

/** Every row of every store that holds this anywhere, as "store: JSON". */
async function tracesOf(word: string): Promise<string[]> {
  const db = await openDB(databaseName(workspace));
  const found: string[] = [];
  for (const store of db.objectStoreNames) {
    for (const row of await db.getAll(store)) {
      const json = JSON.stringify(row);
      if (json.includes(word)) found.push(`${store}: ${json}`);
    }
  }
  db.close();
  return found;
}

/** A note with a version, links and an undo history, all of which have the word. */
async function lived(id: string, word: string): Promise<void> {
  await save(id, `${word} at first [[${word}]]`);
  now += DAY;
  const { meta } = await save(id, `${word} a day later [[${word}]]`, 1);
  await notes.keepUndo({ note: id, revision: meta.revision, json: JSON.stringify([word]) });
}

/** The last deletion. */
const trashed = async (id: string) => (await deleted.list()).find((entry) => entry.id === id)!;

describe('purging a note', () => {
  it('leaves nothing of it in any store, and marks it for the worker', async () => {
    await lived('a', 'marmalade');
    await lived('b', 'sandpaper');
    await notes.remove('a');
    // An undo history can be written after all, by a tab that had the note open.
    const db = await openDB(databaseName(workspace));
    await db.put('undo', { note: 'a', revision: 2, json: '["marmalade"]' });
    await db.put('links', { note: 'a', to: ['marmalade'] });
    await db.put('quarantine', { note: 'a', revision: 2, reason: 'marmalade', at: 1 });
    await db.clear('pending');
    const before = await tracesOf('marmalade');
    expect(before.map((row) => row.split(':')[0])).toEqual(
      expect.arrayContaining(['trash', 'versions', 'undo', 'links', 'quarantine']),
    );
    expect(await deleted.purge([await trashed('a')])).toEqual(['a']);
    expect(await tracesOf('marmalade')).toEqual([]);
    // Not its id either, but where the worker looks for what it has to drop.
    expect((await tracesOf('"a"')).map((row) => row.split(':')[0])).toEqual(['pending']);
    expect(await db.get('kv', 'purged')).toBe(1);
    // The other one is whole.
    expect((await notes.get('b'))?.text).toContain('sandpaper');
    expect(await notes.versions('b')).toHaveLength(1);
    expect(await db.get('undo', 'b')).toBeDefined();
    expect(await notes.restore('a')).toBeUndefined();
    db.close();
  });

  it('passes over one that was restored, or restored and deleted anew', async () => {
    await lived('a', 'marmalade');
    await notes.remove('a');
    const first = await trashed('a');
    await notes.restore('a');
    expect(await deleted.purge([first])).toEqual([]);
    expect((await notes.get('a'))?.text).toContain('marmalade');
    now += 1;
    await notes.remove('a');
    expect(await deleted.purge([first])).toEqual([]);
    expect((await notes.restore('a'))?.title).toBe('title a');
    expect(await notes.versions('a')).toHaveLength(1);
  });

  it('of one whose id is a living note’s takes only what lies in the trash', async () => {
    await lived('a', 'marmalade');
    await notes.remove('a');
    await save('a', 'written anew under its id', 0);
    expect(await deleted.purge([await trashed('a')])).toEqual([]);
    expect(await notes.trashCount()).toBe(0);
    expect((await notes.get('a'))?.text).toBe('written anew under its id');
    expect(await notes.versions('a')).toHaveLength(1);
  });

  it('restoring keeps tags, pin, dates, import, versions and fields of another version', async () => {
    await notes.import(
      [
        {
          path: 'f/a.md',
          title: 'a',
          text: 'text',
          hash: 'h',
          textHash: 'h',
          file: {},
          tags: ['t'],
          created: 5,
          modified: 6,
        },
      ],
      () => 'create',
    );
    const [{ id } = { id: '' }] = await notes.list();
    await notes.update([{ id, change: { pinned: true } }]);
    const db = await openDB(databaseName(workspace));
    await db.put('notes', { ...(await db.get('notes', id)), ofAnotherVersion: 1 });
    const before = await db.get('notes', id);
    await notes.remove(id);
    const restored = await notes.restore(id);
    const revision = before.revision + 1;
    expect(restored).toEqual({ ...before, revision, importedRevision: revision });
    db.close();
  });
});

describe('the trash', () => {
  it('is listed last deleted first, with the day each note goes', async () => {
    await deleted.due();
    const began = now;
    await save('a', 'one');
    await save('b', 'two');
    now += DAY;
    await notes.remove('b');
    now += DAY;
    await notes.remove('a');
    const list = await deleted.list();
    expect(list.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(list.map(({ goes }) => (goes - began) / DAY)).toEqual([32, 31]);
    expect((await deleted.get('b'))?.text).toBe('two');
    expect(await notes.trashCount()).toBe(2);
  });

  it('is due after thirty days, once two starts agree that they are over', async () => {
    await save('a', 'one');
    await notes.remove('a');
    expect(await deleted.due()).toEqual([]);
    now += 31 * DAY;
    expect(await deleted.due()).toEqual([]);
    const due = await deleted.due();
    expect(due.map(({ id }) => id)).toEqual(['a']);
    expect(await deleted.purge(due)).toEqual(['a']);
  });

  it('tells how much could be freed', async () => {
    expect(await deleted.freeable()).toEqual({ trash: 0, attachments: 0 });
    await lived('a', 'marmalade');
    const texts = 2 * 'title a'.length + 'marmalade at first [[marmalade]]'.length;
    const all = texts + 'marmalade a day later [[marmalade]]'.length;
    await notes.remove('a');
    expect((await deleted.freeable()).trash).toBe(2 * all);
  });
});
