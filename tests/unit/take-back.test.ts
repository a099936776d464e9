import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { NoteMeta } from '../../src/storage/notes/index.ts';
import { fitting } from '../../src/ui/core/toasts.tsx';
import { freePath } from '../../src/ui/notes/list-choice.ts';
import { exchangeTags, takeBack } from '../../src/ui/notes/meta-changes.ts';
import { createNotes } from '../support/fresh.ts';

const note = (change: Partial<NoteMeta> = {}): NoteMeta => ({
  id: 'a',
  title: 'A',
  path: 'box/a.md',
  tags: ['one', 'two'],
  pinned: false,
  created: 1,
  modified: 1,
  metaChanged: 1,
  revision: 1,
  size: 1,
  ...change,
});
const asItIs = (path: string): string => path;

describe('Undo of what was done to a note', () => {
  const pinned = note({ pinned: true });
  const moved = note({ path: 'shed/a.md' });
  const tagged = note({ tags: ['two', 'three'] });

  it('takes back that, and nothing that was done since', () => {
    expect(
      takeBack(note(), pinned, note({ pinned: true, path: 'x.md', tags: [] }), asItIs),
    ).toEqual({ pinned: false });
    expect(takeBack(note(), moved, note({ ...moved, tags: [], pinned: true }), asItIs)).toEqual({
      path: 'box/a.md',
    });
    expect(takeBack(note(), tagged, note({ ...tagged, pinned: true }), asItIs)).toEqual({
      tags: ['one', 'two'],
    });
  });

  it('leaves what was changed again', () => {
    expect(takeBack(note(), pinned, note(), asItIs)).toBeNull();
    expect(takeBack(note(), moved, note({ path: 'attic/a.md' }), asItIs)).toBeNull();
  });

  it('takes away the tags that were added and puts back those that were taken', () => {
    expect(takeBack(note(), tagged, note({ tags: ['two', 'three', 'later'] }), asItIs)).toEqual({
      tags: ['two', 'later', 'one'],
    });
    expect(takeBack(note(), tagged, note({ tags: ['one', 'later'] }), asItIs)).toBeNull();
  });

  it('finds another name where the former path is taken by now', () => {
    const taken = new Set(['box/a.md', 'box/a 2.md']);
    const free = (path: string) => freePath(path, taken);
    expect(takeBack(note(), moved, moved, free)).toEqual({ path: 'box/a 3.md' });
    expect(freePath('v1.2/readme', new Set(['v1.2/readme']))).toBe('v1.2/readme 2');
    expect(freePath('', new Set(['']))).toBe('');
  });
});

describe('tags that are typed over', () => {
  it('are in the order that was typed, unless others came meanwhile', () => {
    expect(exchangeTags(['a', 'b'], ['a', 'b'], ['b', 'a'])).toEqual({ tags: ['b', 'a'] });
    expect(exchangeTags(['a', 'b'], ['a', 'b'], ['a', 'b'])).toBeNull();
    expect(exchangeTags(['a', 'late'], ['a', 'b'], ['c'])).toEqual({ tags: ['late', 'c'] });
    expect(exchangeTags(['late'], ['a'], ['a'])).toBeNull();
  });
});

describe('a change of what is stored', () => {
  it('is decided on the note as it is in the transaction', async () => {
    const notes = await createNotes('take-back', { now: () => 5, newId: () => 'new' });
    const { meta } = await notes.save({ id: 'a', title: 'A', text: 'text', baseRevision: 0 });
    const [pin] = await notes.update([{ id: 'a', change: { pinned: true } }]);
    await notes.update([{ id: 'a', change: { tags: ['later'], path: 'later/A.md' } }]);
    const undone = await notes.update([
      { id: 'a', change: (now) => takeBack(pin!.before, pin!.after, now, asItIs) },
    ]);
    expect(undone).toHaveLength(1);
    const now = (await notes.get('a'))!.meta;
    const tags = ['later'];
    expect(now).toEqual({ ...meta, tags, givenTags: tags, path: 'later/A.md', metaChanged: 5 });
    const again = await notes.update([
      { id: 'a', change: (stored) => takeBack(pin!.before, pin!.after, stored, asItIs) },
    ]);
    expect(again).toEqual([]);
  });
});

describe('notices that are too many', () => {
  const says = { action: undefined };
  const offers = { action: { label: 'Undo', run() {} } };
  const make = (kinds: string) =>
    [...kinds].map((kind, id) => ({ id, ...(kind === 'o' ? offers : says) }));
  const kept = (kinds: string) => fitting(make(kinds)).map(({ id }) => id);

  it('give way: those that offer nothing first, and never the newest', () => {
    expect(kept('sss')).toEqual([0, 1, 2]);
    expect(kept('ssss')).toEqual([1, 2, 3]);
    expect(kept('osss')).toEqual([0, 2, 3]);
    expect(kept('oooo')).toEqual([0, 1, 2, 3]);
    expect(kept('oooos')).toEqual([0, 1, 2, 3, 4]);
    expect(kept('soooo')).toEqual([0, 1, 2, 3, 4]);
    expect(kept('ooooooo')).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
