import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { databaseName } from '../../src/storage/db.ts';
import { initial } from '../../src/storage/migrations/0001-initial.ts';
import type { Notes } from '../../src/storage/notes/index.ts';
import { keysOfNote, linkKey } from '../../src/storage/notes/links.ts';
import { linkKeys } from '../../src/storage/notes/read-links.ts';
import { createNotes } from '../support/fresh.ts';

let notes: Notes;
let serial = 0;

beforeEach(async () => {
  notes = await createNotes(`links${++serial}`, { now: () => serial, newId: () => `id${serial}` });
});

const save = (id: string, title: string, text: string, baseRevision = 0) =>
  notes.save({ id, title, text, baseRevision });
const linkingTo = async (id: string): Promise<string[]> => {
  const { meta } = (await notes.get(id))!;
  return (await notes.mayLinkTo(meta)).map((note) => note.id).sort();
};

describe('link keys', () => {
  it.each([
    ['see [[Boiler]]', ['boiler']],
    ['[[house/Boiler#Pressure|the boiler]] and [[BOILER]]', ['boiler']],
    ['[pump](../house/New%20pump.md#fit) [site](https://x.org/a.md)', ['new pump']],
    ['[[]] [[ ]] [[#only a heading]] [[not\nclosed]]', []],
    ['[[Éclair]]', ['éclair']],
    ['`[[code]]` %%[[remark]]%% <!-- [[too]] -->\n\n```\n[[fence]]\n```\n[[a]]', ['a']],
    ['![[embedded|200]] ![picture](b.md) [by label][c]\n\n[c]: <c d.md>', ['embedded', 'b', 'c d']],
  ])('%s', (text, keys) => {
    expect(linkKeys(text)).toEqual(keys);
  });

  it('takes any text, and hostile ones in their stride', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (s) => !!linkKeys(s)));
    const began = performance.now();
    for (const piece of ['[[', '](', '](<', '[[a', '%', '](a.m']) {
      linkKeys(`x${piece.repeat(50_000)}`);
    }
    expect(performance.now() - began).toBeLessThan(8_000);
  });

  it('names a note by its title and by its file', () => {
    const coffee = {
      title: 'Better coffee',
      path: 'kitchen/coffee.md',
      importPath: `old/cup ${'0'.repeat(32)}.md`,
      aliases: ["Ann's “cup”"],
      formerTitles: ['Bean'],
    };
    expect(keysOfNote(coffee)).toEqual([
      'better coffee',
      'coffee',
      `cup ${'0'.repeat(32)}`,
      'cup',
      "ann's “cup”",
      'ann\'s "cup"',
      'ann’s “cup”',
      'bean',
    ]);
    expect(keysOfNote({ title: '', path: '' })).toEqual([]);
    expect(linkKey('C#')).toBe('c');
    expect(keysOfNote({ title: 'C#', path: '' })).toEqual(['c']);
    const id = '0123456789abcdef0123456789abcdef';
    const keys = keysOfNote({ title: 'Where to stay', path: `Trips ${id}/Harbour ${id}.md` });
    expect(keys).toEqual(['where to stay', `harbour ${id}`, 'harbour']);
  });
});

describe('notes that may link to another', () => {
  it('follow what is saved, deleted and restored', async () => {
    await save('pump', 'Pump', 'A part of [[boiler]].');
    await save('boiler', 'Boiler', 'It has a [[Pump]], and is a [[Boiler]].');
    expect(await linkingTo('boiler')).toEqual(['pump']);
    await notes.remove('pump');
    expect(await linkingTo('boiler')).toEqual([]);
    await notes.restore('pump');
    expect(await linkingTo('boiler')).toEqual(['pump']);
    await save('pump', 'Pump', 'No link any more.', 2);
    expect(await linkingTo('boiler')).toEqual([]);
  });

  it('are there for notes of before there were any', async () => {
    const name = `old${serial}`;
    const old = await openDB(databaseName(name), 1, {
      upgrade(db, _old, _new, tx) {
        void initial(db as never, tx as never);
      },
    });
    const meta = { title: 'Pump', path: '', tags: [], pinned: false, created: 1, modified: 1 };
    await old.put('notes', { ...meta, id: 'pump', revision: 1, size: 1 });
    await old.put('bodies', { id: 'pump', text: 'Of the [[Boiler]].' });
    old.close();
    const later = await createNotes(name, { now: () => 1, newId: () => 'x' });
    const found = await later.mayLinkTo({ id: 'boiler', title: 'Boiler', path: '' });
    expect(found.map(({ id }) => id)).toEqual(['pump']);
  });
});

describe('many notes at once', () => {
  it('are listed whole, newest first, in pieces', async () => {
    const many = Array.from({ length: 2_300 }, (_, i) => ({
      path: `${i}.md`,
      title: `${i}`,
      text: 'x',
      hash: `${i}`,
      textHash: `${i}`,
      file: {},
      tags: [],
      modified: (i * 7919) % 2_300,
    }));
    let id = 0;
    const all = await createNotes(`many${serial}`, { now: () => 1, newId: () => `id${++id}` });
    await all.import(many, () => 'create');
    const listed = await all.list();
    expect(new Set(listed.map((note) => note.id)).size).toBe(2_300);
    expect(listed.map(({ modified }) => modified)).toEqual(
      Array.from(Array(2_300).keys()).reverse(),
    );
  });

  it('are moved without a new revision, and back again', async () => {
    await save('a', 'A', 'text');
    const before = await notes.update([
      { id: 'a', change: { path: 'box/A.md', pinned: true } },
      { id: 'gone', change: { pinned: true } },
    ]);
    const { meta } = (await notes.get('a'))!;
    expect([meta.path, meta.pinned, meta.revision, meta.tags]).toEqual(['box/A.md', true, 1, []]);
    expect(before.map(({ before: { id, path } }) => [id, path])).toEqual([['a', '']]);
  });

  it('have an undo history only while it fits their text', async () => {
    await save('a', 'A', 'text');
    await notes.keepUndo({ note: 'a', revision: 1, json: '{}' });
    expect((await notes.undo('a'))?.json).toBe('{}');
    await save('a', 'A', 'other text', 1);
    await notes.keepUndo({ note: 'a', revision: 1, json: 'late' });
    expect((await notes.undo('a'))?.json).toBe('{}');
    await notes.remove('a');
    await notes.keepUndo({ note: 'a', revision: 2, json: 'too late' });
    expect(await notes.undo('a')).toBeUndefined();
  });

  it('are deleted together, and restored together', async () => {
    await save('a', 'A', 'one');
    await save('b', 'B', 'two');
    expect(await notes.removeAll(['a', 'b', 'gone'])).toEqual(['a', 'b']);
    expect(await notes.list()).toEqual([]);
    expect((await notes.restoreAll(['a', 'b'])).map(({ id }) => id)).toEqual(['a', 'b']);
    expect((await notes.get('b'))?.text).toBe('two');
  });
});
