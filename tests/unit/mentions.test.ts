import 'fake-indexeddb/auto';
import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/markdown/document.ts';
import { mentionsOf } from '../../src/markdown/mentions.ts';
import type { NoteMeta } from '../../src/storage/notes/index.ts';
import { LinkIndex } from '../../src/storage/notes/link-index.ts';
import type { AppContext } from '../../src/ui/core/context.ts';
import { undoLast } from '../../src/ui/core/undo-stack.ts';
import {
  findMentions,
  linkMention,
  type Mentioning,
  withLink,
} from '../../src/ui/editor/beside/find-mentions.ts';
import { createNotes } from '../support/fresh.ts';

describe('a name stands in a text', () => {
  it.each([
    ['Basil care is here, BASIL  CARE too.', ['Basil care'], ['Basil care', 'BASIL  CARE']],
    ['basils, Basil’s, xbasil, basil_1, (basil)', ['Basil'], ['Basil', 'basil']],
    ["Ann’s day, Ann's day", ["Ann's day"], ['Ann’s day', "Ann's day"]],
    ['[[Basil]] [Basil](x) `Basil` $Basil$ #Basil https://a.b/Basil', ['Basil'], []],
    ['```\nBasil\n```\n\n%%Basil%% <!-- Basil -->', ['Basil'], []],
    ['---\nx: Basil\n---\n# Basil\n\n**Basil** and Ba**sil**', ['Basil'], ['Basil', 'Basil']],
    ['Basil care', ['Basil', 'Basil care'], ['Basil care']],
    ['C++ and C# and C', ['C++'], ['C++']],
    ['Cafe\u0301 plan', ['Café plan'], ['Cafe\u0301 plan']],
    ['a', ['a'], []],
    ['x', [], []],
  ])('%j: %j', (text, names, expected) => {
    const found = mentionsOf(parse(text), names, 100);
    expect(found.map(({ from, to }) => text.slice(from, to))).toEqual(expected);
  });
});

const note = (id: string, title: string, path: string, rest: Partial<NoteMeta> = {}): NoteMeta =>
  ({ id, title, path, tags: [], created: 1, revision: 1, size: 1, ...rest }) as never;

describe('a link in its place', () => {
  const basil = note('b', 'Basil', 'v/plants/Basil.md', { aliases: ['herb'] });
  const hub = note('h', 'Hub', 'v/Hub.md');
  const other = note('o', 'Basil', 'v/x/Basil.md');
  const linked = (text: string, words: string, all: NoteMeta[]): string | null => {
    const from = text.indexOf(words);
    return withLink(text, { from, to: from + words.length }, basil, hub, new LinkIndex(all));
  };

  it('names the note, and shows what was written', () => {
    expect(linked('The basil grows.', 'basil', [basil, hub])).toBe('The [[basil]] grows.');
    expect(linked('A herb.', 'herb', [basil, hub])).toBe('A [[Basil|herb]].');
    expect(linked('The basil.', 'basil', [basil, hub, other])).toBe('The [[plants/Basil|basil]].');
    expect(linked('|a|\n|-|\n|basil|', 'basil', [basil, hub, other])).toBe(
      '|a|\n|-|\n|[[plants/Basil\\|basil]]|',
    );
    expect(linked('`basil`', 'basil', [basil, hub])).toBeNull();
  });
});

it('mentions are found, linked and unlinked again', async () => {
  let at = 1;
  const notes = await createNotes('mentions', { now: () => ++at, newId: () => `${++at}` });
  const notesVersion = signal(0);
  const lastChanged = signal<string[]>([]);
  const announce = (ids: string[]) => {
    lastChanged.value = ids;
    notesVersion.value++;
  };
  const search = async (query: string) => {
    expect(query).toBe('"Basil"');
    return { hits: ['a', 'b', 'c'].map((id) => ({ note: id })) };
  };
  const engine = { notesVersion, lastChanged, announce, noteSaved: announce, search };
  const journal = { tab: 'here' };
  const ctx = { notes, engine, journal, workspace: { id: 'mentions' }, now: () => at };
  const app = ctx as unknown as AppContext;
  const save = (id: string, title: string, text: string) =>
    notes.save({ id, title, text, baseRevision: 0 });
  const { meta } = await save('a', 'Basil', 'Basil itself');
  await save('b', 'Tea', 'One. Tea of basil. Two.');
  await save('c', 'Pot', 'A pot for [[Basil]].');
  const found: Mentioning[] = [];
  const { signal: stop } = new AbortController();
  for await (const one of findMentions(app, meta, stop)) found.push(one);
  expect(
    found.map((one) => [one.note.id, one.mentions.map(({ excerpt }) => excerpt.text)]),
  ).toEqual([['b', ['Tea of basil.']]]);
  expect(await linkMention(app, meta, found[0]!, found[0]!.mentions[0]!)).toBe(true);
  expect((await notes.get('b'))!.text).toBe('One. Tea of [[basil]]. Two.');
  // What was found is no more.
  expect(await linkMention(app, meta, found[0]!, found[0]!.mentions[0]!)).toBe(false);
  await undoLast(app);
  expect((await notes.get('b'))!.text).toBe('One. Tea of basil. Two.');
});
