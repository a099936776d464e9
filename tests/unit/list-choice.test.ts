import { describe, expect, it } from 'vitest';
import type { NoteMeta } from '../../src/storage/notes/index.ts';
import { textChange } from '../../src/text-change.ts';
import { fileName } from '../../src/ui/core/file-name.ts';
import { dayName } from '../../src/ui/core/format.ts';
import { outlineOf } from '../../src/ui/editor/beside/outline.ts';
import { countWords } from '../../src/ui/editor/beside/word-count.ts';
import { linkName } from '../../src/ui/editor/note-names.ts';
import {
  chooseNotes,
  foldersOf,
  movedPath,
  readFolder,
  readTags,
  tagsOf,
} from '../../src/ui/notes/list-choice.ts';

const note = (title: string, rest: Partial<NoteMeta> = {}): NoteMeta => ({
  id: title,
  title,
  path: '',
  tags: [],
  pinned: false,
  created: 1,
  modified: 1,
  metaChanged: 1,
  revision: 1,
  size: 1,
  ...rest,
});

const ALL = [
  note('b', { path: 'house/b.md', tags: ['work/plans'], created: 3 }),
  note('c', { path: 'house/cellar/c.md', pinned: true, created: 1 }),
  note('a', { created: 2, tags: ['work'] }),
  note('d', { path: 'housework/d.md', tags: ['workshop'] }),
];
const titles = (notes: NoteMeta[]): string => notes.map(({ title }) => title).join('');

describe('the list of notes', () => {
  it('puts pinned ones first, in every order', () => {
    expect(titles(chooseNotes(ALL, {}))).toBe('cbad');
    expect(titles(chooseNotes(ALL, { sort: 'title' }))).toBe('cabd');
    expect(titles(chooseNotes(ALL, { sort: 'created' }))).toBe('cbad');
  });

  it('takes folders and tags with what is below them, and nothing that only begins alike', () => {
    expect(titles(chooseNotes(ALL, { folder: 'house' }))).toBe('cb');
    expect(titles(chooseNotes(ALL, { folder: '' }))).toBe('a');
    expect(titles(chooseNotes(ALL, { tag: 'work' }))).toBe('ba');
    expect(titles(chooseNotes(ALL, { folder: 'nowhere' }))).toBe('');
  });

  it('counts folders and tags', () => {
    expect(foldersOf(ALL)).toEqual([
      { name: '', count: 1 },
      { name: 'house', count: 2 },
      { name: 'house/cellar', count: 1 },
      { name: 'housework', count: 1 },
    ]);
    expect(tagsOf(ALL).map(({ name }) => name)).toEqual(['work', 'work/plans', 'workshop']);
  });

  it('reads tags and folders as they are typed', () => {
    expect(readTags(' #a, b  c,,a , ##d')).toEqual(['a', 'b c', 'd']);
    expect(readFolder(' /a//b\\c/../ ')).toBe('a/b/c');
    expect(fileName('a/b: "c"?')).toBe('a b c');
    expect(fileName('...')).toBe('Untitled');
    expect([...fileName('🎉'.repeat(200))]).toHaveLength(80);
  });

  it('gives every moved note a path of its own', () => {
    const taken = new Set(['box/b.md']);
    expect(movedPath(note('b', { path: 'house/b.md' }), 'box', taken)).toBe('box/b 2.md');
    expect(movedPath(note('b', { path: 'shed/b.md' }), 'box', taken)).toBe('box/b 3.md');
    expect(movedPath(note('New'), 'box', taken)).toBe('box/New.md');
    expect(movedPath(note('New'), '', taken)).toBe('');
    expect(movedPath(note('b', { path: 'house/b.md' }), '', taken)).toBe('b.md');
  });
});

it('a note that a link names is called so', () => {
  expect(linkName('house/New pump.md#fit|the pump')).toBe('New pump');
});

describe('texts', () => {
  it('are counted in words', () => {
    expect(countWords('# One two\n\n- three, *four* don’t')).toBe(5);
    expect(countWords('- [ ] one\n- [x] two\n')).toBe(2);
    expect(countWords('---\na: b c\n---\n[one](two.md) <!-- three --> `four` ![[five]]')).toBe(3);
    expect(countWords('金閣寺')).toBe(3);
    expect(countWords('🎉 — ')).toBe(0);
  });

  it('have an outline without what stands in fences', () => {
    const text = '# A\n\n```\n# no\n```\n\n## **B** and [[x|c]] ##\n#no\n';
    expect(outlineOf(text)).toEqual([
      { level: 1, text: 'A', at: 0 },
      { level: 2, text: 'B and c', at: text.indexOf('## **B') },
    ]);
  });

  it.each([
    ['abc', 'abXc', { from: 2, to: 2, insert: 'X' }],
    ['aaa', 'aa', { from: 2, to: 3, insert: '' }],
    ['', 'x', { from: 0, to: 0, insert: 'x' }],
    ['same', 'same', { from: 4, to: 4, insert: '' }],
  ])('differ in one place: %s → %s', (old, now, change) => {
    expect(textChange(old, now)).toEqual(change);
  });

  it('names a day as it is here', () => {
    expect(dayName(new Date(2026, 2, 9, 23, 59).getTime())).toBe('2026-03-09');
  });
});
