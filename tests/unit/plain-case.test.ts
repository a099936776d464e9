import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunk } from '../../src/worker/chunk/chunk.ts';
import { plainCase } from '../../src/worker/chunk/plain-case.ts';

describe('a text in capitals', () => {
  it.each([
    ['THE BOILER MUST BE DRAINED', 'the boiler must be drained'],
    ['PUT 3 CUPS OF WATER, then STIR SLOWLY', 'put 3 cups of water, then stir slowly'],
    ['How To Bake A Rye Loaf', 'how to bake a rye loaf'],
    ['ГДЕ ЛЕЖИТ КЛЮЧ', 'где лежит ключ'],
    ["DON'T TOUCH O’BRIEN'S BIKE", "don't touch o’brien's bike"],
  ])('%s is embedded in lower case', (text, plain) => {
    expect(plainCase(text)).toBe(plain);
  });

  it.each([
    'IT',
    'Paris',
    'NASA budget',
    'Anna Karenina',
    'The Lord of the Rings',
    'The NASA and ESA budgets for the next year',
    'Ask Ms Berg about the boiler.',
    '四月 の 予定 を 書く',
    '12 34 56',
    '',
  ])('%s stays as it is', (text) => {
    expect(plainCase(text)).toBe(text);
  });

  it('keeps every place: the length stays, and only capitals change', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constant('İSTANBUL '));
    fc.assert(
      fc.property(fc.array(text), (parts) => {
        const before = parts.join(' ');
        const after = plainCase(before);
        expect(after.length).toBe(before.length);
        for (let i = 0; i < before.length; i++) {
          if (/[^\p{Lu}\p{Cs}]/u.test(before[i]!)) expect(after[i]).toBe(before[i]);
        }
        // A second time there is nothing left to do.
        expect(plainCase(after)).toBe(after);
      }),
    );
  });
});

describe('passages', () => {
  const options = { window: 128, countTokens: (text: string) => text.split(/\s+/).length };

  it('are embedded in lower case block by block, headings too, and shown as they are', () => {
    const text = '# HOW THE STOVE WORKS\n\nOPEN THE VALVE FIRST.\n\nThen light it.\n';
    expect(chunk('Stove', text, options)).toMatchObject([
      { embedText: 'Stove. how the stove works. open the valve first.' },
      { embedText: 'Stove. how the stove works. open the valve first. Then light it.' },
    ]);
    expect(chunk('Stove', text, options)[0]!.headings).toEqual(['HOW THE STOVE WORKS']);
  });

  it('of a note that is only a title, likewise', () => {
    expect(chunk('CALL THE PLUMBER AGAIN', '', options)).toMatchObject([
      { embedText: 'call the plumber again' },
    ]);
  });
});
