import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Notes } from '../../src/storage/notes/index.ts';
import { applyChange, joinChanges, textChange } from '../../src/text-change.ts';
import { draftHash } from '../../src/text-hash.ts';
import type { Unsaved } from '../../src/ui/core/journal-types.ts';
import { journaledNotes } from '../../src/ui/editor/journal/acts.ts';
import {
  createMemory,
  LONGEST_ENTRY,
  WHOLE_UNITS,
  writeEntry,
} from '../../src/ui/editor/journal/entry.ts';
import { createJournal } from '../../src/ui/editor/journal/journal.ts';
import { journalKey } from '../../src/ui/editor/journal/keys.ts';
import { readEntry } from '../../src/ui/editor/journal/read-entry.ts';
import { replayJournal } from '../../src/ui/editor/journal/replay.ts';
import { createNotes } from '../support/fresh.ts';

/** As localStorage; `quota` in UTF-16 units of all values. */
class FakeStorage {
  entries = new Map<string, string>();
  quota = Number.POSITIVE_INFINITY;
  get length() {
    return this.entries.size;
  }
  key(at: number) {
    return [...this.entries.keys()][at] ?? null;
  }
  getItem(key: string) {
    return this.entries.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    if (value.length > this.quota) throw new DOMException('full', 'QuotaExceededError');
    this.entries.set(key, value);
  }
  removeItem(key: string) {
    this.entries.delete(key);
  }
  clear() {
    this.entries.clear();
  }
}

describe('text changes', () => {
  const text = fc.string({ maxLength: 40 });
  it('lead from one text to the other', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(applyChange(a, textChange(a, b))).toBe(b);
      }),
    );
  });
  it('are found in long texts, too, wherever they lie', () => {
    const long = 'All lines are alike here.\n'.repeat(6_000);
    fc.assert(
      fc.property(
        fc.nat(long.length),
        fc.nat(70_000),
        fc.string({ maxLength: 5 }),
        (at, cut, put) => {
          const now = long.slice(0, at) + put + long.slice(at + cut);
          const { from, to, insert } = textChange(long, now);
          expect(applyChange(long, { from, to, insert })).toBe(now);
          expect(to - from).toBeLessThanOrEqual(cut);
        },
      ),
      { numRuns: 60 },
    );
  });
  it('one after the other are one', () => {
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        const joined = joinChanges(textChange(a, b), textChange(b, c), b);
        expect(applyChange(a, joined)).toBe(c);
      }),
    );
  });
  it('that lie outside of the text are none', () => {
    expect(applyChange('abc', { from: 2, to: 9, insert: '' })).toBeNull();
    expect(applyChange('abc', { from: -1, to: 1, insert: '' })).toBeNull();
    expect(applyChange('abc', { from: 2, to: 1, insert: '' })).toBeNull();
  });
});

it('the hash of a draft tells title and text apart', () => {
  const all = [
    ['', ''],
    ['a', ''],
    ['', 'a'],
    ['ab', ''],
    ['a', 'b'],
    ['a', 'c'],
  ].map(([title, body]) => draftHash(title!, body!));
  expect(new Set(all).size).toBe(all.length);
  expect(draftHash('a', 'b')).toMatch(/^[0-9a-f]{16}$/);
});

const base = { revision: 1, title: 'T', text: 'stored' };
const unsaved = (rest: Partial<Unsaved> = {}): Unsaved => ({
  seq: 1,
  title: 'T',
  text: 'stored and typed',
  change: null,
  bases: [base],
  ...rest,
});

describe('an entry', () => {
  it('holds a short text whole, and of a long one what changed', () => {
    const short = readEntry(writeEntry(unsaved(), 5, createMemory())!, 'tab', 'n');
    expect(short).toMatchObject({ at: 5, text: 'stored and typed', by: { tab: 'tab', seq: 1 } });
    const long = 'x'.repeat(WHOLE_UNITS + 1);
    const bases = [{ ...base, text: long }];
    const entry = writeEntry(unsaved({ text: `${long}!`, bases }), 5, createMemory())!;
    expect(entry.length).toBeLessThan(500);
    expect(readEntry(entry, 'tab', 'n')).toMatchObject({
      text: null,
      bases: [{ change: { from: long.length, to: long.length, insert: '!' } }],
    });
  });

  it('adds what was typed since a long text was put together', () => {
    const long = 'x'.repeat(WHOLE_UNITS + 1);
    const bases = [{ ...base, text: long }];
    const change = { from: 2, to: 3, insert: 'yy' };
    const entry = writeEntry(unsaved({ text: `${long}!`, change, bases }), 5, createMemory())!;
    const joined = readEntry(entry, 'tab', 'n')!.bases[0]!.change!;
    expect(applyChange(long, joined)).toBe(`${long.slice(0, 2)}yy${long.slice(3)}!`);
  });

  it('that is too long is not written', () => {
    const text = 'x'.repeat(LONGEST_ENTRY + 1);
    expect(writeEntry(unsaved({ text }), 5, createMemory())).toBeNull();
  });

  it('is read only where it is one', () => {
    for (const bad of ['', '{', 'null', '[]', '{"v":2}', '{"v":1,"at":1,"seq":1,"title":5}']) {
      expect(readEntry(bad, 'tab', 'n')).toBeNull();
    }
  });
});

let notes: Notes;
let storage: FakeStorage;
let now = 1_000;
let serial = 0;
const alive = new Set<string>();

beforeEach(async () => {
  now = 1_000;
  let id = 0;
  const workspace = `journal${++serial}`;
  notes = await createNotes(workspace, { now: () => now, newId: () => `id${++id}` });
  storage = new FakeStorage();
  alive.clear();
});

const replay = (workspaces = [notes.workspace]) =>
  replayJournal({
    storage,
    tab: 'me',
    workspace: notes.workspace,
    workspaces,
    notes,
    async withLock(tab, work) {
      if (alive.has(tab)) return false;
      await work();
      return true;
    },
  });

const journalOf = (tab: string) => createJournal(tab, storage as unknown as Storage, () => now);

/** A tab types and ends before it saves. */
async function typeAndEnd(tab: string, id: string, text: string, seq = 1): Promise<string> {
  const stored = await notes.get(id);
  const { revision = 0, title = '' } = stored?.meta ?? {};
  const bases = [{ revision, title, text: stored?.text ?? '' }];
  journalOf(tab).write(notes.workspace, id, unsaved({ seq, title: title || 'T', text, bases }));
  return journalKey(tab, notes.workspace, id);
}
const textOf = async (id: string) => (await notes.get(id))?.text;
const versionsOf = async (id: string) =>
  (await notes.versions(id)).map(({ text, why }) => [why, text]);

describe('taking up what an ended tab left', () => {
  it('saves it where the stored text is what it grew from', async () => {
    await notes.save({ id: 'a', title: 'T', text: 'stored', baseRevision: 0 });
    await typeAndEnd('gone', 'a', 'stored and typed');
    expect(await replay()).toMatchObject({ changed: ['a'], found: [] });
    expect(await textOf('a')).toBe('stored and typed');
    expect(await versionsOf('a')).toEqual([]);
    expect(storage.length).toBe(0);
  });

  it('makes a note that was never saved', async () => {
    await typeAndEnd('gone', 'new', 'first words');
    await replay();
    expect(await textOf('new')).toBe('first words');
  });

  it('leaves alone what a living tab is typing', async () => {
    await notes.save({ id: 'a', title: 'T', text: 'stored', baseRevision: 0 });
    await typeAndEnd('living', 'a', 'stored and typed');
    alive.add('living');
    expect(await replay()).toMatchObject({ changed: [], living: true });
    expect(await textOf('a')).toBe('stored');
    expect(storage.length).toBe(1);
  });

  it('drops what was stored already', async () => {
    await notes.save({ id: 'a', title: 'T', text: 'stored', baseRevision: 0 });
    await typeAndEnd('gone', 'a', 'stored and typed');
    await notes.save({ id: 'a', title: 'T', text: 'stored and typed', baseRevision: 1 });
    expect(await replay()).toMatchObject({ changed: [] });
    expect((await notes.get('a'))?.meta.revision).toBe(2);
    expect(storage.length).toBe(0);
  });

  it('an entry that comes back after a kill, older than what its tab saved, changes nothing', async () => {
    await notes.save({ id: 'a', title: 'T', text: 'stored', baseRevision: 0 });
    const key = await typeAndEnd('gone', 'a', 'stored and t', 3);
    const old = storage.getItem(key)!;
    const by = { tab: 'gone', seq: 9 };
    await notes.save({ id: 'a', title: 'T', text: 'stored and typed', baseRevision: 1, by });
    storage.setItem(key, old);
    await replay();
    expect(await textOf('a')).toBe('stored and typed');
    expect(await versionsOf('a')).toEqual([]);
    expect(storage.length).toBe(0);
  });

  it('keeps it beside a newer text, once', async () => {
    await notes.save({ id: 'a', title: 'T', text: 'stored', baseRevision: 0 });
    const key = await typeAndEnd('gone', 'a', 'stored and typed');
    const entry = storage.getItem(key)!;
    await notes.save({ id: 'a', title: 'T', text: 'of another tab', baseRevision: 1 });
    await replay();
    storage.setItem(key, entry);
    await replay();
    expect(await textOf('a')).toBe('of another tab');
    expect(await versionsOf('a')).toEqual([['found', 'stored and typed']]);
    expect(storage.length).toBe(0);
  });

  it('a text of the same revision and another content is not taken for the base', async () => {
    await notes.save({ id: 'a', title: 'T', text: 'stored', baseRevision: 0 });
    const bases = [{ revision: 1, title: 'T', text: 'another past' }];
    journalOf('gone').write(notes.workspace, 'a', unsaved({ text: 'typed', bases }));
    await replay();
    expect(await textOf('a')).toBe('stored');
    expect(await versionsOf('a')).toEqual([['found', 'typed']]);
  });

  it('a text that is back where it was, of a later revision, is not taken for the base', async () => {
    await notes.save({ id: 'a', title: 'T', text: 'stored', baseRevision: 0 });
    await typeAndEnd('gone', 'a', 'stored and typed');
    await notes.save({ id: 'a', title: 'T', text: 'of another tab', baseRevision: 1 });
    await notes.save({ id: 'a', title: 'T', text: 'stored', baseRevision: 2 });
    await replay();
    expect(await textOf('a')).toBe('stored');
    expect(await versionsOf('a')).toEqual([['found', 'stored and typed']]);
  });

  it('goes on from the save that was under way', async () => {
    await notes.save({ id: 'a', title: 'T', text: 'stored', baseRevision: 0 });
    const bases = [
      { revision: 1, title: 'T', text: 'stored' },
      { revision: 2, title: 'T', text: 'stored and' },
    ];
    journalOf('gone').write(notes.workspace, 'a', unsaved({ bases }));
    // It was committed, and the page ended before it knew.
    await notes.save({ id: 'a', title: 'T', text: 'stored and', baseRevision: 1 });
    await replay();
    expect(await textOf('a')).toBe('stored and typed');
    expect(await versionsOf('a')).toEqual([]);
  });

  it('a deleted note stays deleted; what was typed in it is found', async () => {
    await notes.save({ id: 'a', title: 'T', text: 'stored', baseRevision: 0 });
    const key = await typeAndEnd('gone', 'a', 'stored and typed');
    await notes.remove('a');
    const { found } = await replay();
    expect(found).toMatchObject([{ key, title: 'T', text: 'stored and typed' }]);
    expect(await textOf('a')).toBeUndefined();
    // It stays until the person decides.
    expect(storage.getItem(key)).not.toBeNull();
  });

  it('an old entry of a deleted note is not even shown', async () => {
    await notes.save({ id: 'a', title: 'T', text: 'stored', baseRevision: 0 });
    await typeAndEnd('gone', 'a', 'stored and t', 3);
    const by = { tab: 'gone', seq: 9 };
    await notes.save({ id: 'a', title: 'T', text: 'stored and typed', baseRevision: 1, by });
    await notes.remove('a');
    expect(await replay()).toMatchObject({ changed: [], found: [] });
    expect(storage.length).toBe(0);
  });

  it('finds what was typed in a workspace that is gone, and leaves those that are there', async () => {
    const journal = journalOf('gone');
    journal.write('nowhere', 'a', unsaved());
    journal.write('other', 'b', unsaved());
    const { found } = await replay([notes.workspace, 'other']);
    expect(found).toMatchObject([{ title: 'T', text: 'stored and typed' }]);
    expect(storage.length).toBe(2);
  });

  it('a long text is told by its change', async () => {
    const long = 'word '.repeat(20_000);
    await notes.save({ id: 'a', title: 'T', text: long, baseRevision: 0 });
    await typeAndEnd('gone', 'a', `${long}!`);
    await replay();
    expect(await textOf('a')).toBe(`${long}!`);
  });

  it('leaves alone what it cannot read', async () => {
    const key = journalKey('gone', notes.workspace, 'a');
    storage.setItem(key, '{"v":2,"of":"a later version"}');
    await replay();
    expect(storage.getItem(key)).not.toBeNull();
  });
});

describe('acts that were under way', () => {
  it('are done again where they were not done', async () => {
    await notes.save({ id: 'a', title: 'T', text: 'stored', baseRevision: 0 });
    await notes.save({ id: 'b', title: 'T', text: 'deleted', baseRevision: 0 });
    await notes.remove('b');
    now = 2_000;
    const journal = journalOf('gone');
    journal.writeAct(notes.workspace, '!1', {
      act: 'update',
      changes: [{ id: 'a', change: { tags: ['kept'], pinned: true } }],
    });
    journal.writeAct(notes.workspace, '!2', { act: 'restore', ids: ['b'] });
    now = 3_000;
    expect((await replay()).changed.sort()).toEqual(['a', 'b']);
    expect((await notes.get('a'))?.meta).toMatchObject({ tags: ['kept'], pinned: true });
    expect(await textOf('b')).toBe('deleted');
    expect(storage.length).toBe(0);
  });

  it('come before what was typed after them: into a note whose deletion was taken back', async () => {
    const id = 'a';
    const { meta } = await notes.save({ id, title: 'T', text: 'stored', baseRevision: 0 });
    await notes.remove(id);
    now = 2_000;
    const journal = journalOf('gone');
    journal.writeAct(notes.workspace, '!1', { act: 'restore', ids: [id] });
    // The deletion under way counts one revision up when it is taken back, or none.
    const bases = [0, 1].map((more) => ({
      revision: meta.revision + more,
      title: 'T',
      text: 'stored',
    }));
    journal.write(notes.workspace, id, unsaved({ bases }));
    now = 3_000;
    expect(await replay()).toMatchObject({ found: [] });
    expect(await textOf(id)).toBe('stored and typed');
    expect(storage.length).toBe(0);
  });

  it('that come back after a kill change nothing', async () => {
    await notes.save({ id: 'a', title: 'T', text: 'stored', baseRevision: 0 });
    await notes.save({ id: 'b', title: 'T', text: 'deleted', baseRevision: 0 });
    now = 2_000;
    const journal = journalOf('gone');
    journal.writeAct(notes.workspace, '!1', {
      act: 'update',
      changes: [{ id: 'a', change: { tags: ['old'] } }],
    });
    journal.writeAct(notes.workspace, '!2', { act: 'restore', ids: ['b'] });
    now = 3_000;
    await notes.update([{ id: 'a', change: { tags: ['new'] } }]);
    await notes.remove('b');
    await replay();
    expect((await notes.get('a'))?.meta.tags).toEqual(['new']);
    expect(await textOf('b')).toBeUndefined();
  });

  it('stand in the journal only while they are under way', async () => {
    await notes.save({ id: 'a', title: 'T', text: 'stored', baseRevision: 0 });
    const journaled = journaledNotes(notes, journalOf('me'));
    const update = journaled.update([{ id: 'a', change: { pinned: true } }]);
    expect(storage.length).toBe(1);
    await update;
    expect(storage.length).toBe(0);
  });
});

describe('the journal', () => {
  it('says when it could not write', () => {
    storage.quota = 10;
    expect(journalOf('me').write('w', 'a', unsaved())).toBe(false);
    expect(createJournal('me', null, () => 0).write('w', 'a', unsaved())).toBe(false);
  });
});
