import { describe, expect, it } from 'vitest';
import { parseQuery, without } from '../../src/query.ts';
import { completionsOf } from '../../src/ui/search/query-completion.ts';
import { passes } from '../../src/worker/search/filters.ts';

const note = {
  title: 'A',
  path: '',
  tags: ['area/home'],
  pinned: false,
  modified: 0,
  properties: [
    ['status', 'Done'],
    ['rating', '4'],
    ['due', '2024-05-06'],
    ['empty'],
    ['authors', 'Ann Lee', 'Bo'],
  ] as [string, ...string[]][],
};
const holds = (query: string): boolean => passes(note, parseQuery(query).filters);

describe('filters by properties', () => {
  it.each([
    ['[status:done]', true],
    ['[status:open]', false],
    ['-[status:done]', false],
    ['[rating>=4]', true],
    ['[rating>4]', false],
    ['[rating<10]', true],
    ['[due<2024-06-01]', true],
    ['[due>=2024-05]', true],
    ['[due>2024-06]', false],
    ['[authors:lee]', true],
    ['[authors="ann lee"]', true],
    ['[authors=lee]', false],
    ['[authors!=Bo]', false],
    ['[tags:"area/home"]', true],
    ['[missing:x]', false],
    ['has:due', true],
    ['has:empty', true],
    ['has:other', false],
    ['-has:due', false],
    ['has:tags', true],
    ['tag:area/', true],
    ['tag:area', true],
  ])('%s: %s', (query, let_through) => {
    const { filters, text } = parseQuery(query);
    expect([filters.length, text]).toEqual([1, '']);
    expect(holds(query)).toBe(let_through);
  });

  it.each([
    '[annex]',
    '[std::vector]',
    '[https://x.org]',
    '[12:30]',
    'a[b:c]',
    '[a:b](c)',
    '[a:]',
    '[[a:b]]',
  ])('%s is words', (query) => {
    const { filters, text } = parseQuery(query);
    expect(filters).toEqual([]);
    expect(text).toBe(query);
  });

  it('stand among words, and are taken out again', () => {
    const query = 'larch [status:in progress] [rating > 3] planks';
    const { text, filters, pieces } = parseQuery(query);
    expect(text).toBe('larch planks');
    expect(filters).toHaveLength(2);
    expect(without(query, pieces[0]!)).toBe('larch [rating > 3] planks');
  });

  it('are completed, names and values', () => {
    const offered = (query: string) => completionsOf(query, [note]).map((one) => one.query);
    expect(offered('x [sta')).toEqual(['x [status:']);
    expect(offered('[status:d')).toEqual(['[status:Done] ']);
    expect(offered('has:du')).toEqual(['has:due ']);
    expect(offered('[1')).toEqual([]);
  });
});
