/** What each write of a note leaves in the database, row by row. */
import 'fake-indexeddb/auto';
import { type IDBPDatabase, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseName } from '../../src/storage/db.ts';
import type { ImportedFile, Notes } from '../../src/storage/notes/index.ts';
import { decide } from '../../src/ui/import/plan.ts';
import { createNotes } from '../support/fresh.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let notes: Notes;
let db: IDBPDatabase;
let now: number;
let serial = 0;

beforeEach(async () => {
  const workspace = `rows${++serial}`;
  let id = 0;
  now = 1_000;
  notes = await createNotes(workspace, { now: () => now, newId: () => `id${++id}` });
  db = await openDB(databaseName(workspace));
});
afterEach(() => {
  notes.close();
  db.close();
});

const save = (id: string, text: string, baseRevision = 0, title = id) =>
  notes.save({ id, title, text, baseRevision });
/** All rows of a note, but for its versions. */
const rowsOf = async (id: string) => {
  const stores = ['notes', 'bodies', 'pending', 'quarantine', 'links', 'trash', 'undo'];
  const rows = await Promise.all(stores.map((store) => db.get(store, id)));
  return Object.fromEntries(stores.map((store, i) => [store, rows[i]]));
};
const versionsOf = async (id: string) =>
  (await notes.versions(id)).map(({ text, why }) => [text, why]);
const quarantine = (note: string) =>
  db.put('quarantine', { note, revision: 1, reason: 'because', at: 1 });
const pendingOf = (note: string, revision: number, urgent: boolean) => ({
  note,
  revision,
  since: now,
  urgent,
  attempts: 0,
});

describe('a save', () => {
  it('of a new note writes what is known of it, and that it is pending', async () => {
    await quarantine('a');
    const given = { tags: ['x'], path: 'f/a.md', pinned: true, created: 7 };
    const by = { tab: 'one', seq: 3 };
    const text = 'See [[Boiler]].';
    const { meta } = await notes.save({ id: 'a', title: 'A', text, baseRevision: 0, ...given, by });
    expect(meta).toEqual({
      ...{ id: 'a', title: 'A', revision: 1, size: text.length, ...given },
      ...{ modified: 1_000, metaChanged: 1_000, savedBy: { ...by, revision: 1 } },
      givenTags: ['x'],
    });
    expect(await rowsOf('a')).toEqual({
      notes: meta,
      bodies: { id: 'a', text },
      pending: pendingOf('a', 1, false),
      links: { note: 'a', to: ['boiler'] },
    });
  });

  it('of a new note without more gives it nothing', async () => {
    const { meta } = await save('a', '');
    expect(meta).toEqual({
      ...{ id: 'a', title: 'a', path: '', tags: [], pinned: false, revision: 1, size: 0 },
      ...{ created: 1_000, modified: 1_000, metaChanged: 1_000 },
    });
    expect((await rowsOf('a')).links).toBeUndefined();
  });

  it('of a note that is there changes title, text and times, and keeps all else', async () => {
    await save('a', 'To [[b]].');
    await notes.update([{ id: 'a', change: { tags: ['x'], path: 'f/a.md', pinned: true } }]);
    await db.put('notes', { ...(await db.get('notes', 'a')), ofAnotherVersion: 5 });
    await db.put('pending', { ...pendingOf('a', 1, true), attempts: 4 });
    await quarantine('a');
    now = 2_000;
    const given = { tags: ['no'], path: 'no.md', pinned: false, created: 9 };
    await notes.save({ id: 'a', title: 'B', text: 'No link.', baseRevision: 1, ...given });
    expect(await rowsOf('a')).toEqual({
      notes: {
        ...{ id: 'a', title: 'B', path: 'f/a.md', tags: ['x'], pinned: true, revision: 2, size: 8 },
        ...{ created: 1_000, modified: 2_000, metaChanged: 1_000, ofAnotherVersion: 5 },
        givenTags: ['x'],
      },
      bodies: { id: 'a', text: 'No link.' },
      pending: pendingOf('a', 2, false),
    });
  });

  it('with nothing new writes nothing, whatever it grew from', async () => {
    await save('a', 'text');
    await db.clear('pending');
    now = 2_000;
    for (const base of [0, 1]) {
      const { changed, conflict, meta } = await save('a', 'text', base);
      expect([changed, conflict, meta.modified]).toEqual([false, false, 1_000]);
    }
    expect((await rowsOf('a')).pending).toBeUndefined();
    expect(await notes.versions('a')).toEqual([]);
    // A new title alone is new.
    expect((await save('a', 'text', 1, 'Z')).changed).toBe(true);
  });
});

describe('a text that somebody comes back to', () => {
  it.each([
    ['after ten minutes is typed on', 'text', 10 * MINUTE, 0],
    ['after more is kept as it stood', 'text', 10 * MINUTE + 1, 1],
    ['is not kept where nothing stood', ' \n\t', DAY, 0],
    ['is kept up to a million units', 'x'.repeat(1_000_000), DAY, 1],
    ['is not kept where it is longer', 'x'.repeat(1_000_001), DAY, 0],
  ])('%s', async (_name, text, pause, versions) => {
    await save('a', text);
    now += pause;
    expect((await save('a', 'another', 1)).conflict).toBe(false);
    expect(await notes.versions('a')).toHaveLength(versions);
  });

  it('is not kept where only the title changed', async () => {
    await save('a', 'text');
    now += DAY;
    await save('a', 'text', 1, 'another title');
    expect(await notes.versions('a')).toEqual([]);
  });

  it('keeps twenty, others for thirty days, and what a conflict left for ever', async () => {
    await save('a', 'lost to another tab');
    let revision = (await save('a', 'text 0', 0)).meta.revision;
    const began = now;
    for (let i = 1; i <= 21; i++) {
      now += 11 * MINUTE;
      revision = (await save('a', `text ${i}`, revision)).meta.revision;
    }
    // The oldest of 21 is as old as it may be.
    now = began + 30 * DAY;
    revision = (await save('a', 'text 22', revision)).meta.revision;
    const kept = await versionsOf('a');
    expect(kept).toHaveLength(23);
    expect(kept[0]).toEqual(['lost to another tab', 'edit-conflict']);
    expect(kept[1]).toEqual(['text 0', 'edit']);
    // A moment later it is too old; the next ones, not yet.
    await db.put('notes', { ...(await db.get('notes', 'a')), modified: now - 11 * MINUTE });
    now += 1;
    await save('a', 'text 23', revision);
    const later = await versionsOf('a');
    expect(later[0]).toEqual(['lost to another tab', 'edit-conflict']);
    expect(later.slice(1, 3)).toEqual([
      ['text 1', 'edit'],
      ['text 2', 'edit'],
    ]);
  });
});

describe('a text that is lost to another tab', () => {
  const by = (tab: string, text: string, baseRevision: number) =>
    notes.save({ id: 'a', title: 'a', text, baseRevision, by: { tab, seq: ++now } });

  it('is kept with its title, and with the tab that wrote it', async () => {
    await by('one', 'of one', 0);
    const at = now + 1;
    const { conflict } = await by('two', 'of two', 0);
    expect(conflict).toBe(true);
    const [version, ...more] = await notes.versions('a');
    expect(more).toEqual([]);
    expect(version).toMatchObject({ note: 'a', title: 'a', text: 'of one', at, tab: 'one' });
    expect(version?.why).toBe('edit-conflict');
  });

  it('replaces neither another tab’s, nor another minute’s, nor another kind of version', async () => {
    now = 5 * MINUTE;
    await by('one', 'one 1', 0);
    await by('two', 'two 1', 0);
    await by('one', 'one 2', 1);
    await by('two', 'two 2', 2);
    // Of each tab the last of the minute.
    expect(await versionsOf('a')).toEqual([
      ['two 1', 'edit-conflict'],
      ['one 2', 'edit-conflict'],
    ]);
    now = 6 * MINUTE;
    await by('one', 'one 3', 3);
    expect(await versionsOf('a')).toEqual([
      ['two 1', 'edit-conflict'],
      ['one 2', 'edit-conflict'],
      ['two 2', 'edit-conflict'],
    ]);
    await db.add('versions', {
      note: 'a',
      at: now,
      title: '',
      text: 'kept',
      why: 'edit',
      tab: 'one',
    });
    await by('two', 'two 3', 4);
    await by('one', 'one 4', 5);
    await by('two', 'two 4', 6);
    expect(await versionsOf('a')).toEqual([
      ['two 1', 'edit-conflict'],
      ['one 2', 'edit-conflict'],
      ['kept', 'edit'],
      ['two 3', 'edit-conflict'],
      ['one 4', 'edit-conflict'],
    ]);
  });

  it('is of nobody where another way of writing came after the tab', async () => {
    await by('one', 'one 1', 0);
    await save('a', 'of nobody', 1, 'a');
    await by('two', 'two 1', 1);
    expect((await notes.versions('a')).map(({ tab }) => tab)).toEqual([undefined]);
  });
});

describe('a deletion', () => {
  it('moves all to the trash, and says that it is pending at once', async () => {
    const { meta } = await save('a', 'To [[b]].');
    await notes.keepUndo({ note: 'a', revision: 1, json: '{}' });
    await quarantine('a');
    now = 2_000;
    expect(await notes.remove('a')).toBe(true);
    expect(await rowsOf('a')).toEqual({
      trash: { id: 'a', meta, text: 'To [[b]].', at: 2_000 },
      pending: pendingOf('a', 1, true),
    });
    expect([await notes.total(), await notes.trashCount()]).toEqual([0, 1]);
  });

  it('of what is not there writes nothing', async () => {
    expect(await notes.remove('gone')).toBe(false);
    expect(await rowsOf('gone')).toEqual({});
  });

  it('is taken back as a step up, with links, and counts as imported as before', async () => {
    await save('a', 'To [[b]].');
    await db.put('notes', { ...(await db.get('notes', 'a')), importedRevision: 1 });
    await notes.remove('a');
    // Its passages could not be dropped.
    await quarantine('a');
    now = 3_000;
    const meta = await notes.restore('a');
    expect([meta?.revision, meta?.importedRevision, meta?.modified]).toEqual([2, 2, 1_000]);
    expect(await rowsOf('a')).toEqual({
      notes: meta,
      bodies: { id: 'a', text: 'To [[b]].' },
      links: { note: 'a', to: ['b'] },
      pending: pendingOf('a', 2, true),
    });
    // Changed since its import: it stays so. Without links, none are written.
    await save('a', 'No link.', 2);
    await notes.remove('a');
    const again = await notes.restore('a');
    expect([again?.revision, again?.importedRevision]).toEqual([4, 2]);
    expect((await rowsOf('a')).links).toBeUndefined();
  });

  it('is not taken back over a note that is there, nor from a time on', async () => {
    await save('a', 'first');
    now = 2_000;
    await notes.remove('a');
    expect(await notes.restoreAll(['a'], { before: 2_000 })).toEqual([]);
    await save('a', 'made anew');
    expect(await notes.restoreAll(['a', 'gone'])).toEqual([]);
    expect((await notes.get('a'))?.text).toBe('made anew');
    await db.delete('notes', 'a');
    expect(await notes.restoreAll(['a'], { before: 2_001 })).toHaveLength(1);
    expect((await notes.get('a'))?.text).toBe('first');
  });
});

describe('a change of folder, tags or pin', () => {
  it('is told before and after, and leaves text and revision', async () => {
    const { meta: before } = await save('a', 'text');
    await db.clear('pending');
    now = 2_000;
    const change = { path: 'f/a.md', tags: ['x'], pinned: true };
    const after = { ...before, ...change, givenTags: ['x'], metaChanged: 2_000 };
    expect(await notes.update([{ id: 'a', change }])).toEqual([{ before, after }]);
    expect(await rowsOf('a')).toEqual({ notes: after, bodies: { id: 'a', text: 'text' } });
  });

  it('asks a function of the note as it is; its null changes nothing', async () => {
    await save('a', 'text');
    await notes.update([{ id: 'a', change: { tags: ['x'] } }]);
    now = 2_000;
    const asked: string[][] = [];
    const add = ({ tags }: { tags: string[] }) => {
      asked.push(tags);
      return tags.includes('y') ? null : { tags: [...tags, 'y'] };
    };
    expect(await notes.update([{ id: 'a', change: add }])).toHaveLength(1);
    now = 3_000;
    expect(await notes.update([{ id: 'a', change: add }])).toEqual([]);
    expect(asked).toEqual([['x'], ['x', 'y']]);
    expect((await rowsOf('a')).notes.metaChanged).toBe(2_000);
  });

  it('of what was changed from a time on is left alone', async () => {
    await save('a', 'text');
    const pin = [{ id: 'a', change: { pinned: true } }];
    expect(await notes.update(pin, { before: 1_000 })).toEqual([]);
    expect(await notes.update(pin, { before: 1_001 })).toHaveLength(1);
  });
});

describe('an import', () => {
  const file = (text: string, more: Partial<ImportedFile> = {}): ImportedFile => ({
    ...{ path: 'v/a.md', title: 'A', text, hash: `hash of ${text}`, tags: ['t'] },
    ...{ textHash: `text hash of ${text}`, file: { size: text.length, time: 9 } },
    ...more,
  });
  const run = async (one: ImportedFile) => (await notes.import([one], decide))[0]!;

  it('of a new file writes all that it says, and is pending at once', async () => {
    const dates = { created: 5, modified: 6 };
    const { id, decision } = await run(file('To [[b]]. #t', { pinned: true, ...dates }));
    expect(decision).toBe('create');
    expect(await rowsOf(id)).toEqual({
      notes: {
        ...{ id, path: 'v/a.md', title: 'A', tags: ['t'], pinned: true, ...dates },
        ...{ metaChanged: 6, revision: 1, size: 12, file: { size: 12, time: 9 } },
        ...{ importHash: 'hash of To [[b]]. #t', hashKind: 'bytes' },
        ...{ importPath: 'v/a.md', importedRevision: 1 },
      },
      bodies: { id, text: 'To [[b]]. #t' },
      pending: pendingOf(id, 1, true),
      links: { note: id, to: ['b'] },
    });
  });

  it('without dates is of now, and not pinned', async () => {
    const { id } = await run(file('text'));
    expect((await rowsOf(id)).notes).toMatchObject({
      ...{ created: 1_000, modified: 1_000, metaChanged: 1_000, pinned: false },
    });
  });

  it('of a changed file keeps pin and date of making, and what another version knows', async () => {
    const { id } = await run(file('To [[b]].', { pinned: true, created: 5 }));
    await db.put('notes', { ...(await db.get('notes', id)), ofAnotherVersion: 5 });
    await quarantine(id);
    now = 2_000;
    expect((await run(file('No link.', { tags: [] }))).decision).toBe('update');
    expect(await rowsOf(id)).toEqual({
      notes: {
        ...{ id, path: 'v/a.md', title: 'A', tags: [], pinned: true, created: 5 },
        ...{ modified: 2_000, metaChanged: 2_000, revision: 2, size: 8, ofAnotherVersion: 5 },
        ...{ importHash: 'hash of No link.', hashKind: 'bytes', file: { size: 8, time: 9 } },
        ...{ importPath: 'v/a.md', importedRevision: 2 },
      },
      bodies: { id, text: 'No link.' },
      pending: pendingOf(id, 2, true),
    });
  });

  it('that meets a changed note keeps the file’s text aside, and remembers its bytes only', async () => {
    const { id } = await run(file('one'));
    await notes.save({ id, title: 'A', text: 'mine', baseRevision: 1 });
    await db.clear('pending');
    now = 2_000;
    expect((await run(file('theirs', { title: 'T' }))).decision).toBe('conflict');
    expect(await notes.versions(id)).toMatchObject([
      { note: id, at: 2_000, title: 'T', text: 'theirs', why: 'import-conflict' },
    ]);
    const { notes: meta, bodies, pending } = await rowsOf(id);
    expect(meta).toMatchObject({ importHash: 'hash of theirs', importedRevision: 1, revision: 2 });
    expect([bodies.text, pending]).toEqual(['mine', undefined]);
  });

  it('keeps a file as it came for as long as the text is that of the file', async () => {
    const bytes = (text: string) => new TextEncoder().encode(text).buffer;
    const kept = (text: string) => ({
      file: { kept: true as const, size: text.length, time: 9 },
      original: bytes(text),
    });
    const { id } = await run(file('one', kept('one')));
    const original = async () =>
      new TextDecoder().decode((await notes.original(id)) ?? new ArrayBuffer(0));
    const isKept = async () => (await notes.get(id))!.meta.file?.kept ?? false;
    // A title, tags, the trash and back: the text is the same.
    await notes.save({ id, title: 'T', text: 'one', baseRevision: 1 });
    await notes.update([{ id, change: { tags: ['x'] } }]);
    await notes.remove(id);
    expect(await original()).toBe('one');
    const { revision } = (await notes.restore(id))!;
    expect([await original(), await isKept()]).toEqual(['one', true]);
    const { meta } = await notes.save({ id, title: 'T', text: 'mine', baseRevision: revision });
    expect(meta.file).toEqual({ size: 3, time: 9 });
    expect([await original(), await isKept()]).toEqual(['', false]);
    // Another file takes the place of the one that was kept, also where it needs none.
    const other = await run(file('a', { path: 'b.md', ...kept('a') }));
    await run(file('b', { path: 'b.md', ...kept('b') }));
    expect(Buffer.from((await notes.original(other.id))!).toString()).toBe('b');
    await run(file('c', { path: 'b.md' }));
    expect(await notes.original(other.id)).toBeUndefined();
  });

  it('of a file that was moved takes the note along, unless it was moved here', async () => {
    const { id } = await run(file('text'));
    const moved = await run(file('text', { path: 'v/b/a.md', former: id }));
    expect([moved.decision, moved.id]).toEqual(['moved', id]);
    expect((await rowsOf(id)).notes).toMatchObject({ path: 'v/b/a.md', importPath: 'v/b/a.md' });
    await notes.update([{ id, change: { path: 'mine.md' } }]);
    const again = await run(file('text', { path: 'v/c/a.md', former: id }));
    expect([again.decision, again.id]).toEqual(['moved', id]);
    expect((await rowsOf(id)).notes).toMatchObject({ path: 'mine.md', importPath: 'v/c/a.md' });
    // Known by neither place nor bytes, it is another one.
    const other = await run(file('other', { path: 'v/d/a.md', former: id }));
    expect([other.decision, other.id === id]).toEqual(['create', false]);
    expect((await run(file('more', { path: 'v/e.md', former: 'gone' }))).decision).toBe('create');
  });

  it('of a file that was moved and is the note’s very text counts as imported there', async () => {
    const { id } = await run(file('one'));
    await notes.save({ id, title: 'A', text: 'two', baseRevision: 1 });
    await db.put('notes', { ...(await db.get('notes', id)), importHash: 'hash of two' });
    const moved = await run(file('two', { path: 'v/b/a.md', former: id }));
    expect(moved.decision).toBe('moved');
    expect((await rowsOf(id)).notes).toMatchObject({
      ...{ path: 'v/b/a.md', importPath: 'v/b/a.md', importedRevision: 2, revision: 2 },
    });
  });
});

describe('the trash', () => {
  it('is listed with the last deleted first, and when each goes', async () => {
    for (const id of ['a', 'b', 'c']) await save(id, id);
    const trash = await notes.deleted();
    await trash.due();
    for (const [i, id] of ['c', 'a', 'b'].entries()) {
      now = 2_000 + i * 1_000;
      await notes.remove(id);
    }
    const listed = await trash.list();
    expect(listed.map(({ id, at }) => [id, at])).toEqual([
      ['b', 4_000],
      ['a', 3_000],
      ['c', 2_000],
    ]);
    expect(listed.map(({ goes }) => goes - 30 * DAY)).toEqual([4_000, 3_000, 2_000]);
    expect(listed[0]).not.toHaveProperty('text');
    expect((await trash.get('b'))?.text).toBe('b');
  });

  it('of one moment is listed by id, the last first', async () => {
    for (const id of ['b', 'c', 'a']) await save(id, id);
    await notes.removeAll(['b', 'c', 'a']);
    expect((await (await notes.deleted()).list()).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  it('is read in pieces', async () => {
    const ids = Array.from({ length: 120 }, (_, i) => `n${String(i).padStart(3, '0')}`);
    for (const id of ids) await save(id, id);
    await notes.removeAll(ids);
    expect((await (await notes.deleted()).list()).map(({ id }) => id)).toEqual(ids.toReversed());
  });

  it('says how much would be free without it', async () => {
    await save('a', 'four');
    now += DAY;
    await save('a', 'sixsix', 1);
    await save('here', 'stays');
    await notes.remove('a');
    const free = await (await notes.deleted()).freeable();
    // Two bytes a unit: title and text, and the same of the version.
    expect(free).toEqual({ trash: 2 * (1 + 6 + 1 + 4), attachments: 0 });
    const bytes = new ArrayBuffer(10);
    await notes.addAttachment({ id: 'f'.repeat(64), type: 'image/png', bytes, added: now });
    await db.put('kv', { ['f'.repeat(64)]: now, gone: now }, 'attachments-unused');
    expect((await (await notes.deleted()).freeable()).attachments).toBe(10);
  });
});

describe('what was cut off', () => {
  it('is remembered once of a kind, a restore first, until it is forgotten', async () => {
    const one = (kind: 'import' | 'restore', done: number) => ({
      ...{ kind, name: 'folder', done, total: 9 },
    });
    expect(await notes.unfinished()).toEqual([]);
    await notes.keepUnfinished('import', one('import', 1));
    await notes.keepUnfinished('restore', one('restore', 2));
    await notes.keepUnfinished('import', one('import', 3));
    expect(await notes.unfinished()).toEqual([one('restore', 2), one('import', 3)]);
    await notes.keepUnfinished('restore', null);
    expect(await notes.unfinished()).toEqual([one('import', 3)]);
  });
});

describe('notes that are asked for', () => {
  it('come in the order asked for, with a gap for what is gone', async () => {
    await save('a', 'one');
    await save('b', 'two');
    expect((await notes.metas(['b', 'gone', 'a'])).map((meta) => meta?.id)).toEqual([
      'b',
      undefined,
      'a',
    ]);
    expect(await notes.total()).toBe(2);
    expect(await notes.get('gone')).toBeUndefined();
  });

  it('link here: newest first, each once, never the note itself', async () => {
    const boiler = { id: 'x', title: 'Boiler', path: 'house/heating.md' };
    await save('x', '[[Boiler]]', 0, 'Boiler');
    for (const [i, id] of ['old', 'new'].entries()) {
      now = 2_000 + i;
      await save(id, 'By title [[boiler]], by file [h](heating.md).');
    }
    expect((await notes.mayLinkTo(boiler)).map(({ id }) => id)).toEqual(['new', 'old']);
    await db.delete('notes', 'old');
    expect((await notes.mayLinkTo(boiler)).map(({ id }) => id)).toEqual(['new']);
  });
});
