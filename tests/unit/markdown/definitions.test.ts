import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/markdown/document.ts';
import { plainText } from '../../../src/markdown/plain-text.ts';

const read = (text: string): string => plainText(parse(text), 0, text.length).text;

describe('terms and what they mean', () => {
  it.each([
    ['Kettle\n: A vessel\n: A valley', 'Kettle\nA vessel\nA valley'],
    ['*Kettle*\n:   A vessel\n  for water', 'Kettle\nA vessel for water'],
    ['> Kettle\n> : A vessel', 'Kettle\nA vessel'],
    ['- Kettle\n  : A vessel', 'Kettle\nA vessel'],
    // No term, two lines before it, no space, no text.
    [': A vessel', ': A vessel'],
    ['a\nb\n: c', 'a b : c'],
    ['a\n:b', 'a :b'],
    ['a\n: ', 'a :'],
    ['a\n:: b', 'a :: b'],
  ])('%j is read as %j', (text, expected) => expect(read(text)).toBe(expected));
});
