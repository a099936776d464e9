import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { givenTitle, readFrontMatter } from '../../src/markdown/front-matter';
import { titleAfter, withTitle } from '../../src/ui/editor/title-line';

const front = (line: string): string => `---\ntags: [a]\n${line}\nx: 1\n---\n\n# Body\ntitle: no\n`;
const read = (text: string): string | undefined => {
  const fields = readFrontMatter(text);
  if (fields.oddLines) throw new Error('no YAML');
  return givenTitle(fields);
};

describe('withTitle', () => {
  it.each([
    ['title: Old', 'title: New'],
    ['title:   Old one   # a remark', 'title:   New   # a remark'],
    ['Title: Old', 'Title: New'],
    ['title: "Old \\"one\\""', 'title: "New"'],
    ["title: 'Old'", "title: 'New'"],
    ['"title": Old', '"title": New'],
    ['title:', 'title: New'],
    ['title: ', 'title: New'],
    ['title: # a remark', 'title: New # a remark'],
    ['title: 2024-03-05', 'title: New'],
    ['title: a: b', 'title: New'],
    ['title: Old\r', 'title: New\r'],
    ['title: - x'.replace('- x', '-x'), 'title: New'],
  ])('changes %j to %j, and nothing else', (line, changed) => {
    expect(withTitle(front(line), 'New')).toBe(front(changed));
  });

  it.each([
    'title: |\n  Old',
    'title: Old\n  over two lines',
    'title:\n  - a',
    'title: [a, b]',
    'title: {a: b}',
    'title: &t Old',
    'title: "not closed',
    'title: {{title}}',
    'title: <% tp.file.title %>',
    'subtitle: x',
    ' title: indented',
  ])('leaves %j alone', (line) => {
    expect(withTitle(front(line), 'New')).toBe(front(line));
  });

  it('leaves a text without front matter alone, and a title that is the same', () => {
    for (const text of ['title: x', '# title: x', '---\n\ntitle: x', '']) {
      expect(withTitle(text, 'New')).toBe(text);
    }
    const text = front('title:   "Same"');
    expect(withTitle(text, ' Same ')).toBe(text);
  });

  it.each([
    'a: b',
    'a #b',
    '#tag',
    '- list',
    '[[link]]',
    '1.10',
    '0x1F',
    '2024-03-05',
    'true',
    'No',
    'null',
    '~',
    'it’s',
    "it's",
    'say "hi"',
    'ends:',
    'C#',
    '@home',
    '50%',
    'back\\slash',
    '🚀 Plan',
  ])('writes %j so that YAML reads it as that', (title) => {
    for (const line of ['title: Old', 'title: "Old"', "title: 'Old'", 'title:']) {
      expect(read(withTitle(front(line), title))).toBe(title);
    }
  });

  it('reads a hostile line quickly', () => {
    const began = performance.now();
    for (const piece of ['a  ', ' ', '"', "'", '\\', ' #', '"\\']) {
      withTitle(front(`title: ${piece.repeat(60_000 / piece.length)}b`), 'New');
      withTitle(front(`title: "${piece.repeat(60_000 / piece.length)}b`), 'New');
    }
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('writes any title so, with the rest as it was', () => {
    const any = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(any, fc.constantFrom('title: Old', "title: 'O'", 'title: "O"'), (some, line) => {
        const title = some.replace(/\s+/g, ' ').trim();
        const text = withTitle(front(line), title);
        expect(text.endsWith('\nx: 1\n---\n\n# Body\ntitle: no\n')).toBe(true);
        if (!/^(?:\{\{.*\}\}|<%.*%>)$/.test(title)) expect(read(text) ?? '').toBe(title);
        expect(withTitle(text, title)).toBe(text);
      }),
    );
  });
});

describe('titleAfter', () => {
  it('follows the line in the text, where both were the same', () => {
    expect(titleAfter(front('title: Old'), front('title: "New: one"'), 'Old')).toBe('New: one');
    expect(titleAfter(front('title: Old'), front('title:'), 'Old')).toBe('');
    expect(titleAfter(front('title:'), front('title: N'), '')).toBe('N');
  });

  it('stays where it was another, where there is no line, and where it is left alone', () => {
    expect(titleAfter(front('title: Old'), front('title: New'), 'Mine')).toBe('Mine');
    expect(titleAfter(front('x: y'), front('title: New'), 'Mine')).toBe('Mine');
    expect(titleAfter(front('title: Old'), front('x: y'), 'Old')).toBe('Old');
    expect(titleAfter(front('title: Old'), front('title: [a]'), 'Old')).toBe('Old');
    expect(titleAfter(front('title: Old'), `${front('title: Old')}more`, ' Old')).toBe(' Old');
  });
});
