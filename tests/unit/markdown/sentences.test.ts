import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/markdown/document.ts';
import { sentenceAround } from '../../../src/markdown/sentence-around.ts';
import { sentencesOf } from '../../../src/markdown/sentences.ts';

const split = (text: string): string[] =>
  Array.from(sentencesOf(text), ({ from, to }) => text.slice(from, to));

describe('sentencesOf', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['One. Two! Three?', ['One. ', 'Two! ', 'Three?']],
    ['Type [!note] for a box. Then more.', ['Type [!note] for a box. ', 'Then more.']],
    ['Write ![[Moor]] there. Done.', ['Write ![[Moor]] there. ', 'Done.']],
    ['Use Node.js or file.Md here. So.', ['Use Node.js or file.Md here. ', 'So.']],
    ['He said “no.” She left.', ['He said “no.” ', 'She left.']],
    ['雨が降る。傘を持つ。', ['雨が降る。', '傘を持つ。']],
    ['अंत। फिर।', ['अंत। ', 'फिर।']],
  ])('%j', (text, sentences) => {
    expect(split(text)).toEqual(sentences);
  });
});

describe('sentenceAround', () => {
  const around = (text: string, word: string): string => {
    const from = text.indexOf(word);
    return sentenceAround(parse(text), { from, to: from + word.length }, 240).text;
  };
  it('does not begin or end within code', () => {
    expect(around('Boxes need `[!tip]` before [[Boats]] and `![[` too. Next.', '[[Boats]]')).toBe(
      'Boxes need [!tip] before Boats and ![[ too.',
    );
  });
  it('leaves out the sentences beside it', () => {
    expect(around('First here. Then [[Boats]] go. Last.', '[[Boats]]')).toBe('Then Boats go.');
  });
});
