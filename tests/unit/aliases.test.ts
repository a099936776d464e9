import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aliasesIn } from '../../src/markdown/aliases.ts';
import type { Notes } from '../../src/storage/notes/index.ts';
import { createNotes } from '../support/fresh.ts';

const front = (yaml: string): string => `---\n${yaml}\n---\n\nText.\n`;

describe('aliasesIn', () => {
  it.each([
    ['aliases: [WHO, "World  Health Org"]', ['WHO', 'World Health Org']],
    ['aliases:\n  - one, two\n  - 3', ['one, two', '3']],
    ['aliases: one, two words', ['one', 'two words']],
    ['alias: grey box', ['grey box']],
    ['Aliases: a\nalias: [b, a]', ['a', 'b']],
    ['aliases: 1.10', ['1.10']],
    ['aliases: [[a], {b: c}, ~, ""]', []],
    ['aliases:', []],
    ['aliases: [unclosed', []],
    ['"alias": x', ['x']],
  ])('of the front matter %j', (yaml, aliases) => {
    expect(aliasesIn(front(yaml))).toEqual(aliases);
  });

  it.each([
    ['alias:: kiln, [[Potter’s wheel]]\n\n- Clay.', ['kiln', 'Potter’s wheel']],
    ['tags:: x\nalias:: kiln\n\nClay.', ['kiln']],
    [front('tags: x').replace('Text.', 'alias:: kiln'), ['kiln']],
    ['Clay.\n\nalias:: kiln', []],
    ['- alias:: kiln', []],
    ['`alias:: kiln`', []],
    ['```\nalias:: kiln\n```', []],
  ])('of the first paragraph of %j', (text, aliases) => {
    expect(aliasesIn(text)).toEqual(aliases);
  });

  it('reads any text, and has its bounds', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (s) => !!aliasesIn(`alias:: ${s}`)));
    const many = Array.from({ length: 500 }, (_, i) => `n${i}`).join(', ');
    expect(aliasesIn(front(`aliases: ${many}, ${'x'.repeat(301)}`))).toHaveLength(100);
    const began = performance.now();
    aliasesIn(`---\na: b\n---\nalias:: ${'[[('.repeat(300_000)}`);
    aliasesIn(front(`aliases: [${'[&a '.repeat(10_000)}`));
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe('a note’s aliases', () => {
  let serial = 0;
  const open = (): Promise<Notes> =>
    createNotes(`aliases${++serial}`, { now: () => serial, newId: () => `id${++serial}` });
  const NAMED = front('aliases: [WHO]');
  const aliasesOf = async (notes: Notes, id: string) => (await notes.get(id))?.meta.aliases;

  it('come and go with its text', async () => {
    const notes = await open();
    const { meta } = await notes.save({ id: 'a', title: 'Health', text: NAMED, baseRevision: 0 });
    expect(meta.aliases).toEqual(['WHO']);
    expect(await aliasesOf(notes, 'a')).toEqual(['WHO']);
    await notes.save({ id: 'a', title: 'Health', text: 'alias:: UN', baseRevision: 1 });
    expect(await aliasesOf(notes, 'a')).toEqual(['UN']);
    await notes.save({ id: 'a', title: 'Health', text: 'none', baseRevision: 2 });
    expect((await notes.get('a'))!.meta).not.toHaveProperty('aliases');
  });

  it('are there after an import, a restore from the trash, a merged backup, a draft taken up', async () => {
    const notes = await open();
    const file = {
      path: 'v/h.md',
      title: 'h',
      text: NAMED,
      hash: '1',
      textHash: '1',
      tags: [],
      file: {},
    };
    const { id } = (await notes.import([file], () => 'create'))[0]!;
    expect(await aliasesOf(notes, id)).toEqual(['WHO']);
    await notes.remove(id);
    expect((await notes.restore(id))!.aliases).toEqual(['WHO']);
    const backed = { id: 'b', path: '', title: 'B', text: NAMED, tags: [], pinned: false };
    await notes.merge([{ ...backed, created: 1, modified: 1 }]);
    expect(await aliasesOf(notes, 'b')).toEqual(['WHO']);
    const by = { tab: 't', seq: 1 };
    const bases = [{ revision: 0, hash: '', change: null }];
    await notes.recover({ note: 'c', by, title: 'C', text: NAMED, bases });
    await notes.save({ id: 'c', title: 'C', text: NAMED, baseRevision: 0 });
    expect(await aliasesOf(notes, 'c')).toEqual(['WHO']);
  });
});
