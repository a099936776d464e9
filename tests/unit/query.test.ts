import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEmpty, parseQuery, without } from '../../src/query.ts';
import { insteadOf } from '../../src/query-operators.ts';
import { completionsOf } from '../../src/ui/search/query-completion.ts';
import { withLatest } from '../../src/ui/search/recent-searches.ts';
import { hasPhrase, type NoteFacts, passes } from '../../src/worker/search/filters.ts';

const day = (year: number, month = 1, date = 1) => new Date(year, month - 1, date).getTime();

describe('parseQuery', () => {
  it('takes words as they are', () => {
    const query = parseQuery('well-known C++ http://x.org note: 5-3');
    expect(query).toMatchObject({ text: 'well-known C++ http://x.org note: 5-3', hint: null });
    expect([query.phrases, query.excluded, query.filters]).toEqual([[], [], []]);
  });

  it('knows phrases and exclusions', () => {
    expect(parseQuery('soup "red lentils" -meat -“no salt” “two words”')).toMatchObject({
      text: 'soup red lentils two words',
      phrases: ['red lentils', 'two words'],
      excluded: ['meat'],
      excludedPhrases: ['no salt'],
    });
  });

  it('knows filters, also turned round and quoted', () => {
    const { filters, text, hint } = parseQuery(
      'Tag:work -tag:"to do" path:trips/ title:plan is:pinned -is:pinned In:comments tea',
    );
    expect(filters).toEqual([
      { kind: 'tag', value: 'work', not: false },
      { kind: 'tag', value: 'to do', not: true },
      { kind: 'path', value: 'trips/', not: false },
      { kind: 'title', value: 'plan', not: false },
      { kind: 'pinned', not: false },
      { kind: 'pinned', not: true },
      { kind: 'comments', not: false },
    ]);
    expect([text, hint]).toEqual(['tea', null]);
  });

  it.each([
    ['after:2024', day(2024)],
    ['after:2024-05', day(2024, 5)],
    ['after:2024-02-29', day(2024, 2, 29)],
  ])('%s', (raw, at) => {
    expect(parseQuery(raw).filters).toEqual([{ kind: 'after', at, not: false }]);
  });

  it.each([
    ['before:noon', 'date', 'noon'],
    ['after:2023-02-29', 'date', '2023-02-29'],
    ['after:2024-13', 'date', '2024-13'],
    ['is:done', 'is', 'done'],
    ['in:code', 'is', 'code'],
    ['tag:', 'empty', ''],
    ['tag:#', 'empty', '#'],
    ['"never closed', 'quote', '"never closed'],
  ])('searches %s as words, and says so', (raw, code, text) => {
    const query = parseQuery(raw);
    expect(query.hint?.code).toBe(code);
    expect(query.text).toBe(text);
    expect(query.filters).toEqual([]);
  });

  it('says what an operator takes that takes a few words', () => {
    for (const piece of ['is:done', '-Is:', 'IS:a:b']) {
      expect(insteadOf(piece)).toEqual(['is:pinned']);
    }
    expect(insteadOf('in:code')).toEqual(['in:comments']);
  });

  it('is empty without anything to look for', () => {
    for (const raw of ['', '  ', '""', 'tag:', '-""']) expect(isEmpty(parseQuery(raw))).toBe(true);
    for (const raw of ['a', '-a', 'is:pinned']) expect(isEmpty(parseQuery(raw))).toBe(false);
  });

  it('never throws, and loses no plain word', () => {
    const part = fc.constantFrom(
      'tag:',
      'after:',
      '-',
      '"',
      '“',
      '”',
      ' ',
      'is:',
      '2024-',
      ' after:2024-01-02 ',
      ' before:2024 ',
      'x',
      ':',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.array(part, { maxLength: 20 }).map((parts) => parts.join('')),
    );
    let dates = 0;
    fc.assert(
      fc.property(texts, fc.stringMatching(/^[a-z]{1,9}$/), (noise, word) => {
        parseQuery(noise);
        expect(parseQuery(`${word} ${noise}`).text.split(/\s/)).toContain(word);
        for (const filter of parseQuery(noise).filters) {
          if (!('at' in filter)) continue;
          expect(Number.isFinite(filter.at)).toBe(true);
          dates++;
        }
      }),
      { seed: 4, numRuns: 500 },
    );
    expect(dates).toBeGreaterThan(20);
  });

  it('takes a time about linear in its length', () => {
    const began = performance.now();
    for (const piece of ['"', '-"', 'tag:"', 'a"', ' -', 'tag:']) parseQuery(piece.repeat(2_000));
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('pieces', () => {
  it('are what is understood as more than words, in their order', () => {
    const raw = 'soup tag:work "red lentils" -meat before:soon is:pinned';
    const { pieces } = parseQuery(raw);
    expect(pieces.map(({ start, end }) => raw.slice(start, end))).toEqual([
      'tag:work',
      '"red lentils"',
      '-meat',
      'is:pinned',
    ]);
    expect(pieces.map(({ means }) => means)).toEqual([
      { kind: 'tag', value: 'work', not: false },
      { kind: 'words', value: 'red lentils', not: false },
      { kind: 'words', value: 'meat', not: true },
      { kind: 'pinned', not: false },
    ]);
  });

  it('can be taken out one by one, and the rest stays understood as it was', () => {
    const part = fc.constantFrom('tea', 'tag:a', '-"b c"', 'path:"d e"', 'after:2024', '"f"', '-g');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.nat(), (parts, nth) => {
        const raw = parts.join(' ');
        const { pieces } = parseQuery(raw);
        if (pieces.length === 0) return;
        const at = nth % pieces.length;
        const left = parseQuery(without(raw, pieces[at]!)).pieces;
        expect(left.map(({ means }) => means)).toEqual(
          pieces.filter((_, i) => i !== at).map(({ means }) => means),
        );
      }),
    );
    expect(without('tea tag:work now', { ...parseQuery('tea tag:work now').pieces[0]! })).toBe(
      'tea now',
    );
  });
});

describe('passes', () => {
  const note: NoteFacts = {
    title: 'Café plan',
    path: 'Trips/Lisbon/cafe.md',
    tags: ['Work/Travel', 'ünı'],
    pinned: true,
    modified: day(2024, 5, 17) + 3_600_000,
    hasComments: true,
  };
  it.each([
    ['tag:work', true],
    ['tag:#work/travel', true],
    ['tag:wor', false],
    ['-tag:work', false],
    ['path:trips/lisbon', true],
    ['path:porto', false],
    ['title:cafe', true],
    ['is:pinned', true],
    ['-is:pinned', false],
    ['in:comments', true],
    ['-in:comments', false],
    ['after:2024-05-17', true],
    ['before:2024-05-17', false],
    ['before:2024-05-18', true],
    ['after:2025', false],
    ['after:2024 before:2025 tag:work', true],
    ['after:2024 before:2024-03', false],
  ])('%s: %s', (raw, expected) => {
    expect(passes(note, parseQuery(raw).filters)).toBe(expected);
  });
});

describe('hasPhrase', () => {
  it('wants the words whole, in order and next to each other', () => {
    const text = 'The Borrow-Checker frees: memory, always.';
    expect(hasPhrase(text, 'borrow checker frees memory')).toBe(true);
    expect(hasPhrase(text, 'checker memory')).toBe(false);
    expect(hasPhrase(text, 'row checker')).toBe(false);
    expect(hasPhrase('Crème brûlée', 'creme brulee')).toBe(true);
  });
});

describe('completionsOf', () => {
  const notes = [
    { tags: ['work', 'to do'], path: 'trips/lisbon/a.md' },
    { tags: ['work'], path: 'trips/b.md' },
    { tags: ['home'], path: '' },
  ];
  const labels = (query: string) => completionsOf(query, notes).map(({ label }) => label);

  it('offers tags and folders where one is being typed, the most used first', () => {
    expect(labels('tea tag:')).toEqual(['work', 'home', 'to do']);
    expect(labels('tag:o')).toEqual(['work', 'home', 'to do']);
    expect(labels('path:lis')).toEqual(['trips/lisbon/']);
    expect(labels('tag:work')).toEqual([]);
    expect(labels('tag:work tea')).toEqual([]);
    expect(labels('stag:')).toEqual([]);
  });

  it('offers the words of an operator that takes a few', () => {
    expect(labels('tea in:')).toEqual(['comments']);
    expect(labels('-In:com')).toEqual(['comments']);
    expect(labels('is:')).toEqual(['pinned']);
    expect(labels('in:comments')).toEqual([]);
    expect(labels('in:home')).toEqual([]);
    expect(completionsOf('tea -is:p', notes)[0]?.query).toBe('tea -is:pinned ');
  });

  it('fills in the rest of the query', () => {
    expect(completionsOf('tea -tag:to', notes)[0]?.query).toBe('tea -tag:"to do" ');
    expect(completionsOf('path:trips/l', notes)[0]?.query).toBe('path:trips/lisbon/ ');
  });
});

describe('withLatest', () => {
  it('keeps each search once, the newest first, and not too many', () => {
    expect(withLatest(['a', 'b'], ' b ')).toEqual(['b', 'a']);
    expect(withLatest(['a'], '  ')).toEqual(['a']);
    const many = Array.from({ length: 20 }, (_, i) => String(i));
    expect(withLatest(many, 'x')).toHaveLength(8);
  });
});
