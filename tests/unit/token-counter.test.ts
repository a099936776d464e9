import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createTokenCounter, sliceEnd } from '../../src/worker/chunk/token-counter';

describe('createTokenCounter', () => {
  it('sums over words, whatever the whitespace', () => {
    const count = createTokenCounter((word) => word.length);
    expect(count('')).toBe(0);
    expect(count(' \n\t')).toBe(0);
    expect(count('one two\u00a0three\n four ')).toBe(3 + 3 + 5 + 4);
  });

  it('asks once for a word it has seen', () => {
    const encode = vi.fn((word: string) => word.length);
    const count = createTokenCounter(encode);
    expect(count('a b a b a')).toBe(5);
    expect(count('b a')).toBe(2);
    expect(encode).toHaveBeenCalledTimes(2);
  });

  it('never encodes more than 256 code units, nor half a pair', () => {
    const seen: string[] = [];
    const count = createTokenCounter((word) => {
      seen.push(word);
      return 1;
    });
    const text = `a${'😀'.repeat(1000)}`;
    count(text);
    expect(seen.join('')).toBe(text);
    for (const slice of seen) {
      expect(slice.length).toBeLessThanOrEqual(256);
      expect(slice).not.toMatch(/\p{Surrogate}/u);
    }
  });

  it('stays right and keeps frequent words when the cache turns over', () => {
    const encode = vi.fn((word: string) => word.length);
    const count = createTokenCounter(encode);
    for (let i = 0; i < 70_000; i++) {
      expect(count(`w${i} often`)).toBe(`w${i}`.length + 5);
    }
    expect(encode.mock.calls.filter(([word]) => word === 'often')).toHaveLength(1);
  });

  it('is additive over whitespace', () => {
    const count = createTokenCounter((word) => Math.ceil(word.length / 3));
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(count(`${a} ${b}`)).toBe(count(a) + count(b));
      }),
      { seed: 31 },
    );
  });
});

describe('sliceEnd', () => {
  it('moves on, never into a pair', () => {
    expect(sliceEnd('abc', 0, 2)).toBe(2);
    expect(sliceEnd('abc', 2, 2)).toBe(3);
    expect(sliceEnd('a😀b', 0, 2)).toBe(1);
    expect(sliceEnd('😀b', 0, 1)).toBe(2);
  });
});
