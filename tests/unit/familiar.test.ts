import { beforeAll, describe, expect, it } from 'vitest';
import { loadNodeModel, type NodeModel } from '../../bench/eval/node-model.ts';
import { buildModel } from '../../scripts/model/build.mjs';
import { correctedQuery } from '../../src/worker/search/correct.ts';
import { familiarity } from '../../src/worker/search/familiar.ts';
import { KeywordIndex } from '../../src/worker/search/keyword.ts';

describe('what the embedded model knows', () => {
  let model: NodeModel;
  beforeAll(async () => {
    model = await loadNodeModel(await buildModel({ log: () => {} }));
  }, 120_000);
  const of = (text: string) => familiarity(model, text);

  it.each([
    'zqxvj wprtk',
    'qwrtzp',
    'asdfghjkl',
    'zxcvbnm',
    '🍵🍎',
    '12345 99',
    '买菜',
    'كلمات',
    '…',
  ])('of %s nothing', (text) => expect(of(text)).toBe('none'));
  it.each(['blorfwick', 'snurgle vandip', 'Ullapool'])('of %s little', (text) => {
    expect(of(text)).toBe('little');
  });
  it.each([
    'baking bread',
    'how do I keep my bread fresh',
    'aqueduct',
    'woodworking',
    'asking the boss for more money',
    'a recipe by Ottolenghi with aubergines',
  ])('of %s enough', (text) => {
    expect(of(text)).toBe('well');
  });
});

describe('other tokenizers', () => {
  it('one that goes by bytes knows no script that falls into them', () => {
    const bytes = { tokenize: (text: string) => [...new TextEncoder().encode(text)] };
    expect(familiarity(bytes, '今日は')).toBe('none');
    const words = { tokenize: (text: string) => Array.from(text, (c) => c.codePointAt(0)!) };
    expect(familiarity(words, '今日は雨')).toBe('well');
  });
});

describe('a query with a word put right', () => {
  const index = new KeywordIndex();
  index.set({
    id: 'a',
    title: '',
    text: 'A lantern on the harbour wall, by Marlowe. Tests and rests.',
  });
  it.each<[string, string | null]>([
    ['lantrn', 'lantern'],
    ['old lantren', 'old lantern'],
    ['the habour at night', 'the harbour at night'],
    ['xlantern', 'lantern'],
    ['lantern', null],
    ['LANTRN', null],
    ['"lantrn"', null],
    ['-lantrn', null],
    ['tag:lantrn', null],
    ['lantrn.md', null],
    ['lantr3n', null],
    ['lntr', null],
    ['pests', null],
  ])('%s', (raw, query) => {
    expect(correctedQuery(raw, index)?.query ?? null).toBe(query);
  });
});
