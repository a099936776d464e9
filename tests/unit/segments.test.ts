import { afterEach, describe, expect, it, vi } from 'vitest';
import { plainSegments, segmentsOf } from '../../src/segments.ts';

const TEXTS = [
  '',
  'One sentence. Another one! A third?',
  'A line\nand the next one.\n\nA paragraph.',
  'It’s 3.5 km, they said; “no.” Then they left…',
  '今日は雨が降る。明日は晴れる。',
  ' . . . !? ',
  'ฉันชอบอ่านหนังสือ 2 เล่ม\u0301',
];
const joined = (text: string, by: 'word' | 'sentence'): string =>
  Array.from(plainSegments(text, by), ({ segment }) => segment).join('');

afterEach(() => vi.unstubAllGlobals());

describe('plainSegments', () => {
  it.each(TEXTS)('leaves no gap in %j', (text) => {
    for (const by of ['word', 'sentence'] as const) {
      expect(joined(text, by)).toBe(text);
      for (const { segment, index } of plainSegments(text, by)) {
        expect(text.startsWith(segment, index)).toBe(true);
      }
    }
  });

  it('cuts words and sentences of languages with spaces as the browser does', () => {
    const text = 'The ferry leaves at 9. It’s late! Shall we go?';
    const words = (of: Iterable<{ segment: string; isWordLike?: boolean }>): string[] =>
      Array.from(of).flatMap((one) => (one.isWordLike ? [one.segment] : []));
    expect(words(plainSegments(text, 'word'))).toEqual(words(segmentsOf(text, 'word')));
    const sentences = (of: Iterable<{ segment: string }>): string[] =>
      Array.from(of, ({ segment }) => segment);
    expect(sentences(plainSegments(text, 'sentence'))).toEqual(
      sentences(segmentsOf(text, 'sentence')),
    );
  });

  it('takes time in proportion to the text', () => {
    const began = performance.now();
    for (const piece of ['.', ' ', '\n', "a'", '. ']) {
      for (const by of ['word', 'sentence'] as const) {
        expect(Array.from(plainSegments(piece.repeat(100_000), by)).length).toBeGreaterThan(0);
      }
    }
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('where the browser has no Intl.Segmenter', () => {
  it('the modules of words and sentences load and work', async () => {
    vi.stubGlobal('Intl', { ...Intl, NumberFormat: Intl.NumberFormat, Collator: Intl.Collator });
    Reflect.deleteProperty(Intl, 'Segmenter');
    expect('Segmenter' in Intl).toBe(false);
    vi.resetModules();
    const { wordsOf } = await import('../../src/words/terms.ts');
    const { sentencesOf } = await import('../../src/markdown/sentences.ts');
    const { tellingSentence } = await import('../../src/worker/search/sentences.ts');
    const text = 'The ferry leaves at nine. The harbour is cold and windy.';
    expect(Array.from(wordsOf('雨 harbour 👍'), ({ word }) => word)).toContain('harbour');
    expect(Array.from(sentencesOf(text))).toEqual([
      { from: 0, to: 26 },
      { from: 26, to: text.length },
    ]);
    expect(tellingSentence(text, new Map([['harbour', 1]]))).toEqual([26, text.length]);
  });
});
