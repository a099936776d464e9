import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from '../../src/markdown/document.ts';
import { saidBy } from '../../src/markdown/said.ts';
import { openWorkspaceDb } from '../../src/storage/db.ts';
import type { Notes } from '../../src/storage/notes/index.ts';
import { fetchLinkReader } from '../../src/storage/notes/link-reader.ts';
import { createNotes } from '../support/fresh.ts';

describe('what a text says', () => {
  it.each([
    ['see #plum and #area/home', ['plum', 'area/home']],
    ['#füße, #日本語 and #🍎', ['füße', '日本語', '🍎']],
    ['`#code` and\n\n```\n#code\n```', []],
    ['[a #b](c) and https://x.org/#y and [[n#h]]', []],
    ['#1 and #2024 and a#b', []],
    ['tags:: one, two words', ['one', 'two words']],
    ['tags:: #one #two', ['one', 'two']],
    ['- tags:: kiln', ['kiln']],
  ])('of %j', (text, tags) => {
    expect(saidBy(parse(text)).text.sort()).toEqual([...tags].sort());
  });

  it('has properties of front matter, lines and brackets', () => {
    const text =
      '---\ntitle: A\nStatus: done\nrating: 4\ndue:\nparts: [a, b]\ndeep: {x: 1}\n---\nowner:: Ann\n\n- [effort:: high] (cost:: 3)\n\nstd::vector';
    expect(saidBy(parse(text)).properties).toEqual([
      ['status', 'done'],
      ['rating', '4'],
      ['due'],
      ['parts', 'a', 'b'],
      ['deep'],
      ['owner', 'Ann'],
      ['effort', 'high'],
      ['cost', '3'],
    ]);
  });
});

let n = 0;
let name = '';
let notes: Notes;
beforeEach(async () => {
  await fetchLinkReader();
  name = `tags-${++n}`;
  notes = await createNotes(name, { now: () => 1_000, newId: () => 'x' });
});
afterEach(() => notes.close());

const save = async (text: string, baseRevision = 0) =>
  (await notes.save({ id: 'a', title: 'A', text, baseRevision })).meta;
const tag = (tags: string[]) => notes.update([{ id: 'a', change: { tags } }]);
const tags = async () => (await notes.metas(['a']))[0]?.tags;

describe('tags of a note', () => {
  it('come and go with the text, and those given here stay', async () => {
    await save('---\ntags: [front]\n---\n#text');
    await tag(['front', 'text', 'mine']);
    expect(await tags()).toEqual(['front', 'text', 'mine']);
    await save('---\ntags: [other]\n---\nnothing', 1);
    expect(await tags()).toEqual(['other', 'mine']);
    await save('', 2);
    expect(await tags()).toEqual(['mine']);
  });

  it('are one where they differ in case alone', async () => {
    await save('#Work and #work');
    expect(await tags()).toEqual(['Work']);
  });

  it('that stand in the text are not taken away by another choice', async () => {
    await save('#text');
    await tag(['mine']);
    expect(await tags()).toEqual(['text', 'mine']);
    await tag([]);
    expect(await tags()).toEqual(['text']);
  });

  it('that were given and stand in the text stay when they go from the text', async () => {
    await save('plain');
    await tag(['plum']);
    await save('#plum', 1);
    await save('plain', 2);
    expect(await tags()).toEqual(['plum']);
  });

  it('of notes of earlier versions are read later, and no date changes', async () => {
    await save('plain');
    await tag(['mine']);
    const db = await openWorkspaceDb(name);
    const tx = db.transaction(['notes', 'bodies'], 'readwrite');
    const meta = (await tx.objectStore('notes').get('a'))!;
    await tx.objectStore('notes').put(meta);
    await tx.objectStore('bodies').put({ id: 'a', text: '#old\n\nkind:: pear' });
    await tx.done;
    db.close();
    expect(await notes.saidTags()).toEqual(['a']);
    expect(await notes.saidTags()).toBeNull();
    const [after] = await notes.metas(['a']);
    expect(after).toEqual({ ...meta, tags: ['old', 'mine'], properties: [['kind', 'pear']] });
  });
});
