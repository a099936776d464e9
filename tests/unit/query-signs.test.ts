/** Signs that people type in a query, and what they mean. */
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/query.ts';
import { type DateContext, dateContext, dateOf } from '../../src/query-dates.ts';
import { hasPhrase, type NoteFacts, passes } from '../../src/worker/search/filters.ts';

const day = (year: number, month = 1, date = 1): number =>
  new Date(year, month - 1, date).getTime();
/** A Thursday. */
const NOW = new Date(2024, 4, 16, 15, 30).getTime();
const MONTHS = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember';
const context = (more: Partial<DateContext> = {}): DateContext => ({
  now: NOW,
  dayFirst: true,
  weekStart: 1,
  months: MONTHS.split(' '),
  ...more,
});

describe('what a minus leaves out', () => {
  it.each([
    ['soup -meat', ['meat'], 'soup'],
    ['soup -Ärzte', ['Ärzte'], 'soup'],
    ['soup -肉', ['肉'], 'soup'],
    ['soup -か', ['か'], 'soup'],
    ['soup -고기', ['고기'], 'soup'],
    ['-20 degrees', [], '-20 degrees'],
    ['ssh -T git', [], 'ssh -T git'],
    ['rm -rf build', [], 'rm -rf build'],
    ['push --force', [], 'push --force'],
    ['Book - Some Book', [], 'Book - Some Book'],
    ['2019-2021', [], '2019-2021'],
  ])('%s', (raw, excluded, text) => {
    expect(parseQuery(raw)).toMatchObject({ excluded, text });
  });

  it('is a phrase in quotes, and a filter', () => {
    expect(parseQuery('soup -"no" -tag:x')).toMatchObject({
      excludedPhrases: ['no'],
      filters: [{ kind: 'tag', value: 'x', not: true }],
    });
  });
});

describe('connectives in capitals', () => {
  it('NOT leaves the next word out', () => {
    const query = parseQuery('apples NOT pears');
    expect(query).toMatchObject({ text: 'apples', excluded: ['pears'] });
    expect(query.pieces.map(({ start, end }) => [start, end])).toEqual([[7, 16]]);
    expect(parseQuery('NOT pears')).toMatchObject({ text: '', excluded: ['pears'] });
    expect(parseQuery('soup NOT "red lentils"').excludedPhrases).toEqual(['red lentils']);
  });
  it('AND wants the words on both sides', () => {
    expect(parseQuery('apples AND pears')).toMatchObject({
      text: 'apples pears',
      required: ['apples', 'pears'],
    });
    expect(parseQuery('a big apple AND pears AND plums').required).toEqual([
      'apple',
      'pears',
      'plums',
    ]);
    expect(parseQuery('"two words" AND plums')).toMatchObject({
      phrases: ['two words'],
      required: ['plums'],
    });
  });
  it('OR is left away: any word will do', () => {
    expect(parseQuery('apples OR pears')).toMatchObject({ text: 'apples pears', required: [] });
  });
  it('turn filters round, and join them', () => {
    expect(parseQuery('soup NOT tag:x').filters).toEqual([{ kind: 'tag', value: 'x', not: true }]);
    expect(parseQuery('tag:a AND tag:b')).toMatchObject({ text: '', required: [] });
    expect(parseQuery('soup NOT [status:done]').filters).toMatchObject([{ not: true }]);
  });
  it('OR beside a phrase: it need not be there', () => {
    for (const raw of ['"red lentils" OR barley', 'barley OR "red lentils"']) {
      expect(parseQuery(raw), raw).toMatchObject({ phrases: [], pieces: [] });
      expect(parseQuery(raw).text.split(' ').sort()).toEqual(['barley', 'lentils', 'red']);
    }
  });
  it('are words where there is nothing to connect, or all is in capitals', () => {
    expect(parseQuery('TO BE OR NOT TO BE').text).toBe('TO BE OR NOT TO BE');
    expect(parseQuery('AND then').text).toBe('AND then');
    expect(parseQuery('this AND').text).toBe('this AND');
    expect(parseQuery('salt and pepper or not').text).toBe('salt and pepper or not');
  });
});

describe('dates', () => {
  it.each<[string, number | null]>([
    ['2024', day(2024)],
    ['2024-05', day(2024, 5)],
    ['2024/5/7', day(2024, 5, 7)],
    ['2024.05.07', day(2024, 5, 7)],
    ['05/03/2024', day(2024, 3, 5)],
    ['25/03/24', day(2024, 3, 25)],
    ['03/25/2024', day(2024, 3, 25)],
    ['5.3.2024', day(2024, 3, 5)],
    ['05/2024', day(2024, 5)],
    ['May 2024', day(2024, 5)],
    ['mai 2024', day(2024, 5)],
    ['Sept. 2023', day(2023, 9)],
    ['5 May 2024', day(2024, 5, 5)],
    ['May 5, 2024', day(2024, 5, 5)],
    ['March 3rd', day(2024, 3, 3)],
    ['July', day(2023, 7)],
    ['today', day(2024, 5, 16)],
    ['yesterday', day(2024, 5, 15)],
    ['this week', day(2024, 5, 13)],
    ['last week', day(2024, 5, 6)],
    ['last month', day(2024, 4)],
    ['this year', day(2024)],
    ['last year', day(2023)],
    ['3 days ago', day(2024, 5, 13)],
    ['2 weeks ago', day(2024, 5, 2)],
    ['a month ago', day(2024, 4, 16)],
    ['monday', day(2024, 5, 13)],
    ['last friday', day(2024, 5, 10)],
    ['thursday', day(2024, 5, 9)],
    ['2023-02-29', null],
    ['2024-13', null],
    ['31/31/2024', null],
    ['soon', null],
    ['', null],
    ['5', null],
    ['5 6 7', null],
  ])('%s', (typed, at) => {
    expect(dateOf(typed, context())).toBe(at);
  });

  it('go by the language', () => {
    expect(dateOf('05/03/2024', context({ dayFirst: false }))).toBe(day(2024, 5, 3));
    expect(dateOf('last week', context({ weekStart: 7 }))).toBe(day(2024, 5, 5));
    expect(dateContext(NOW).months).toHaveLength(12);
  });

  it('may have several words after an operator, and leave the rest', () => {
    const query = parseQuery('after:last week soup before:5 May 2024', context());
    expect(query.filters).toEqual([
      { kind: 'after', at: day(2024, 5, 6), not: false },
      { kind: 'before', at: day(2024, 5, 5), not: false },
    ]);
    expect(query.text).toBe('soup');
    expect(query.pieces.map(({ start, end }) => [start, end])).toEqual([
      [0, 15],
      [21, 38],
    ]);
  });
});

describe('filters', () => {
  const note: NoteFacts = {
    title: 'T',
    path: '',
    tags: ['fruit/apple', '🍎', 'カフェ'],
    pinned: false,
    modified: 0,
  };
  it.each(['tag:fruit', 'tag:fruit/', 'tag:#fruit/apple', 'tag:🍎', 'tag:かふぇ'])('%s', (raw) => {
    const { filters, hint } = parseQuery(raw);
    expect(hint).toBeNull();
    expect(filters).toHaveLength(1);
    expect(passes(note, filters)).toBe(true);
  });
});

describe('a phrase', () => {
  it.each<[string, string, boolean]>([
    ['the A-Company met', 'A-Company', true],
    ['a company picnic', 'A-Company', false],
    ['a state-of-the-art oven', 'state of the art', true],
    ['University of Basel', 'university', true],
    ['all universities', 'university', false],
    ['in C++ it is', 'C++', true],
    ['in C it is', 'C++', false],
    ['goes over\ntwo lines', 'over two', true],
    ['Node.js in May', 'node.js in', true],
  ])('in “%s”: “%s” %s', (text, phrase, is) => {
    expect(hasPhrase(text, phrase)).toBe(is);
  });
});

it('knows the rest of a sentence from an operator', () => {
  expect(parseQuery('what is in: the soup?')).toMatchObject({
    text: 'what is in: the soup?',
    hint: null,
  });
  expect(parseQuery("soup -l'été").excluded).toEqual(["l'été"]);
});

it('takes a pasted sentence for a sentence', () => {
  const raw = 'Is it true: does either/or hold? See a:b, c/d and “so on';
  expect(parseQuery(raw)).toMatchObject({ text: raw, filters: [], excluded: [], required: [] });
});
