import { describe, expect, it } from 'vitest';
import type { NoteMeta } from '../../src/storage/notes/index.ts';
import { type BackedUpNote, newNote, sameVersion, settle } from '../../src/storage/notes/settle.ts';
import { versionOf } from '../../src/storage/notes/version-of.ts';

const meta: NoteMeta = {
  ...{ id: 'a', title: 'A', path: 'f/a.md', tags: ['x', 'y'], pinned: false, created: 1 },
  ...{ modified: 10, metaChanged: 20, revision: 3, size: 4 },
};
const here = { meta, text: 'here' };
/** The same note as a backup has it; with what differs. */
const backedUp = (more: Partial<BackedUpNote> = {}): BackedUpNote => ({
  ...{ id: 'a', title: 'A', path: 'f/a.md', tags: ['x', 'y'], pinned: false, created: 1 },
  ...{ modified: 10, metaChanged: 20, text: 'here' },
  ...more,
});

describe('a note that is here and in a backup', () => {
  it('is the same where all is alike: nothing is written', () => {
    expect(settle(backedUp(), here)).toEqual({
      ...{ outcome: 'same', meta: null, text: null, versions: [] },
    });
  });

  it('takes a text that was changed later, and keeps the one here', () => {
    const one = backedUp({ text: 'there!', title: 'B', modified: 11 });
    expect(settle(one, here)).toEqual({
      outcome: 'newer',
      meta: { ...meta, title: 'B', modified: 11, revision: 4, size: 6 },
      text: 'there!',
      versions: [versionOf(meta, 'here')],
    });
  });

  it.each([
    ['earlier', 9],
    ['at the same time', 10],
  ])('keeps its own text where the other was changed %s, and the other as a version', (_n, at) => {
    const one = backedUp({ text: 'there', modified: at });
    expect(settle(one, here)).toEqual({
      ...{ outcome: 'older', meta: null, text: null, versions: [versionOf(one, 'there')] },
    });
  });

  it('takes the later date of the same text, and has nothing to index', () => {
    const settled = settle(backedUp({ modified: 11 }), here);
    expect(settled).toMatchObject({ outcome: 'newer', text: null });
    expect(settled.meta).toEqual({ ...meta, modified: 11 });
    expect(settle(backedUp({ modified: 9 }), here)).toMatchObject({ outcome: 'older', meta: null });
  });

  it.each<[string, Partial<BackedUpNote>]>([
    ['folder', { path: 'g/a.md' }],
    ['pin', { pinned: true }],
    ['date of making', { created: 2 }],
    ['fewer tags', { tags: ['x'] }],
    ['tags in another order', { tags: ['y', 'x'] }],
  ])('takes another %s only where it was changed later', (_name, change) => {
    const later = settle(backedUp({ ...change, metaChanged: 21 }), here);
    expect(later).toEqual({
      outcome: 'newer',
      meta: { ...meta, ...change, metaChanged: 21 },
      text: null,
      versions: [versionOf(meta, 'here')],
    });
    for (const metaChanged of [20, 19, undefined]) {
      const one = backedUp({ ...change, metaChanged });
      expect(settle(one, here)).toEqual({
        ...{ outcome: 'older', meta: null, text: null, versions: [versionOf(one, 'here')] },
      });
    }
  });

  it('may take the text of one side and the rest of the other: both are kept', () => {
    const one = backedUp({ text: 'there', modified: 11, tags: [], metaChanged: 19 });
    const settled = settle(one, here);
    expect(settled.meta).toMatchObject({ tags: ['x', 'y'], metaChanged: 20, revision: 4 });
    expect([settled.text, settled.outcome]).toEqual(['there', 'newer']);
    expect(settled.versions).toEqual([versionOf(meta, 'here'), versionOf(one, 'there')]);
    const other = settle(backedUp({ text: 'there', modified: 9, tags: [], metaChanged: 21 }), here);
    expect(other.meta).toMatchObject({ tags: [], metaChanged: 21, revision: 3, title: 'A' });
    expect([other.text, other.versions.length]).toEqual([null, 2]);
  });

  describe('and its import', () => {
    const file = { importHash: 'h', importPath: 'v/a.md', unchanged: true };
    const imported = (more: Partial<NoteMeta>) => ({ meta: { ...meta, ...more }, text: 'here' });

    it('is taken with the text, and where nothing was known of one', () => {
      const taken = settle(backedUp({ ...file, text: 'there', modified: 11 }), here).meta;
      expect(taken).toMatchObject({ importHash: 'h', importPath: 'v/a.md', importedRevision: 4 });
      const learnt = settle(backedUp(file), here);
      expect(learnt).toMatchObject({ outcome: 'same', text: null, versions: [] });
      expect(learnt.meta).toEqual({
        ...{ ...meta, importHash: 'h', importPath: 'v/a.md', importedRevision: 3 },
      });
    });

    it('is not taken where another is known and the text stays', () => {
      const known = imported({ importHash: 'mine', importPath: 'w/a.md', importedRevision: 3 });
      expect(settle(backedUp(file), known).meta).toBeNull();
      const later = settle(backedUp({ ...file, modified: 11 }), known).meta;
      expect(later).toMatchObject({ importHash: 'mine', importPath: 'w/a.md' });
      const text = settle(backedUp({ ...file, text: 'there', modified: 11 }), known).meta;
      expect(text).toMatchObject({ importHash: 'h', importPath: 'v/a.md', importedRevision: 4 });
    });

    it('is of the note’s own path where none is named, and of no revision once it was changed', () => {
      const { importHash } = file;
      const changed = settle(backedUp({ importHash, path: 'f/a.md' }), here).meta;
      expect(changed).toMatchObject({ importHash: 'h', importPath: 'f/a.md' });
      expect(changed?.importedRevision).toBeUndefined();
      // Of a text that is not the one here, it says nothing of this revision.
      const other = settle(backedUp({ ...file, text: 'older', modified: 9 }), here).meta;
      expect(other).toMatchObject({ importHash: 'h' });
      expect(other?.importedRevision).toBeUndefined();
    });
  });
});

describe('a note that is not here', () => {
  it('is made as the backup has it', () => {
    const one = backedUp({ importHash: 'h', importPath: 'v/a.md', unchanged: true });
    const { metaChanged: _, ...old } = one;
    const made = { ...meta, revision: 1 };
    expect(settle(one, undefined)).toEqual({
      outcome: 'restored',
      meta: { ...made, importHash: 'h', importPath: 'v/a.md', importedRevision: 1 },
      text: 'here',
      versions: [],
    });
    expect(newNote({ ...old, importPath: undefined, unchanged: false }, 7)).toEqual({
      ...{ ...meta, revision: 7, metaChanged: 10, importHash: 'h', importPath: 'f/a.md' },
    });
    expect(newNote(backedUp(), 1)).toEqual(made);
  });
});

describe('two versions', () => {
  const version = versionOf(meta, 'here');

  it('say the same only where they say the same of everything', () => {
    expect(sameVersion(version, { ...version, tags: ['x', 'y'] })).toBe(true);
    for (const change of [
      { title: 'B' },
      { text: 'there' },
      { path: 'g.md' },
      { pinned: true },
      { created: 2 },
      { modified: 11 },
      { tags: ['x'] },
      { tags: ['y', 'x'] },
      { tags: undefined },
    ]) {
      expect(sameVersion(version, { ...version, ...change }), JSON.stringify(change)).toBe(false);
    }
    expect(sameVersion({ ...version, tags: undefined }, { ...version, tags: [] })).toBe(true);
  });
});
