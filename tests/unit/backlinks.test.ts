import 'fake-indexeddb/auto';
import { signal } from '@preact/signals';
import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from '../../src/markdown/document.ts';
import { sentenceAround } from '../../src/markdown/sentence-around.ts';
import type { Notes } from '../../src/storage/notes/index.ts';
import type { AppContext } from '../../src/ui/core/context.ts';
import { findBacklinks } from '../../src/ui/editor/beside/find-backlinks.ts';
import { createNotes } from '../support/fresh.ts';

let notes: Notes;
let serial = 0;
beforeEach(async () => {
  let id = 0;
  const deps = { now: () => ++id, newId: () => `id${++id}` };
  notes = await createNotes(`backlinks${++serial}`, deps);
});

const vault = async (files: Record<string, string>): Promise<void> => {
  const all = Object.entries(files).map(([path, text]) => {
    const title = path.replace(/^.*\//, '').replace(/\.md$/, '');
    return { path, title, text, hash: text, textHash: text, tags: [], file: {} };
  });
  await notes.import(all, () => 'create');
};

/** Who links to a note, and what it says: the marked words in angles. */
async function linking(path: string): Promise<Record<string, string[]>> {
  const engine = { notesVersion: signal(0), lastChanged: signal<string[]>([]) };
  const ctx = { notes, engine } as unknown as AppContext;
  const note = (await notes.list()).find((one) => one.path === path)!;
  const found: Record<string, string[]> = {};
  for await (const one of findBacklinks(ctx, note, new AbortController().signal)) {
    found[one.note.path] = one.says.map(
      ({ text, mark: [from, to] }) =>
        `${text.slice(0, from)}<${text.slice(from, to)}>${text.slice(to)}`,
    );
  }
  return found;
}

describe('backlinks', () => {
  it('are those that lead to the very note, with what they say', async () => {
    await vault({
      'v/plants/Mint.md': 'Grows.',
      'v/kitchen/Mint.md': 'Tastes of [[Mint]].',
      'v/kitchen/Tea.md': 'Boil it. Then **add** [[Mint]] leaves! And wait.',
      'v/Hub.md': '- [[plants/Mint|the plant]] in a pot\n- [sauce](kitchen/Mint.md#How)',
      'v/Code.md': '`[[plants/Mint]]`\n\n```\n[[Mint]]\n```',
    });
    expect(await linking('v/plants/Mint.md')).toEqual({ 'v/Hub.md': ['<the plant> in a pot'] });
    expect(await linking('v/kitchen/Mint.md')).toEqual({
      'v/Hub.md': ['<sauce>'],
      'v/kitchen/Tea.md': ['Then add <Mint> leaves!'],
    });
  });

  it('follow aliases, quotes, ids and where a file lay', async () => {
    const id = 'c'.repeat(32);
    await vault({
      'v/Ann’s day.md': 'x',
      [`v/Trip ${id}.md`]: 'x',
      'v/Far.md': 'x',
      'v/Hub.md': `[[Ann's day]] [[Trip]] [a](Trip%20${id}.md) [f](Far.md)`,
      'v/Other.md': `[[Far ${id}]]`,
    });
    const [far] = (await notes.list()).filter(({ path }) => path === 'v/Far.md');
    await notes.update([{ id: far!.id, change: { path: 'box/Far.md' } }]);
    for (const path of ['v/Ann’s day.md', `v/Trip ${id}.md`]) {
      expect(Object.keys(await linking(path))).toEqual(['v/Hub.md']);
    }
    expect(Object.keys(await linking('box/Far.md')).sort()).toEqual(['v/Hub.md', 'v/Other.md']);
  });
});

describe('the sentence round a link', () => {
  const around = (text: string, words: string, most = 200): string => {
    const from = text.indexOf(words);
    const range = { from, to: from + words.length };
    const { text: said, mark } = sentenceAround(parse(text), range, most);
    return `${said.slice(0, mark[0])}<${said.slice(...mark)}>${said.slice(mark[1])}`;
  };
  it.each([
    ['One. Two [[x]] three.\nFour. Five.', '[[x]]', 'Two <x> three.'],
    ['A line\nand [[x]] the next. End', '[[x]]', 'A line and <x> the next.'],
    ['# On [[x]]\n\nText', '[[x]]', 'On <x>'],
    ['> [!note] T\n> Said [[x]] here. Now', '[[x]]', 'Said <x> here.'],
    ['| a | b |\n|---|---|\n| one | [[x\\|y]] |', '[[x\\|y]]', 'one <y>'],
    ['[[x]]', '[[x]]', '<x>'],
    ['- [ ] Buy [[x]]', '[[x]]', 'Buy <x>'],
    ['Is it [[x]]? Yes.', '[[x]]', 'Is it <x>?'],
    ['See ![[x.png]] now.', '![[x.png]]', 'See <>now.'],
  ])('%j', (text, words, expected) => {
    expect(around(text, words)).toBe(expected);
  });

  it('is cut off where it is long', () => {
    const long = `${'a '.repeat(5_000)}[[x]]${' b'.repeat(5_000)}`;
    const said = around(long, '[[x]]', 60);
    expect(said).toMatch(/^…[ a]+<x>[ b]+…$/);
    expect(said.length).toBeLessThan(100);
  });
});
