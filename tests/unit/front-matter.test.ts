import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frontMatterRange } from '../../src/markdown/front-matter-range.ts';
import { parseFrontMatter } from '../../src/ui/import/front-matter';

/** What follows the front matter, as a title is looked for in it. */
const bodyOf = (text: string): string => text.slice(frontMatterRange(text)?.bodyStart ?? 0);

const data = (yaml: string) => parseFrontMatter(`---\n${yaml}\n---\nbody`).data;

describe('parseFrontMatter', () => {
  it('reads the fields and says where the body starts', () => {
    const text =
      '---\ntitle: A note\ntags: [one, "two words", 3]\ncreated: 2024-03-05\npinned: true\nother: {a: 1}\n---\n\n\nBody\n';
    const parsed = parseFrontMatter(text);
    expect(parsed.data).toEqual({
      title: 'A note',
      tags: ['one', 'two words', '3'],
      created: new Date(2024, 2, 5).getTime(),
      pinned: true,
    });
    expect(bodyOf(text)).toBe('Body\n');
    expect(parsed.problem).toBeUndefined();
  });

  it.each([
    ['tags: one', ['one']],
    ['tags: one, two words , one', ['one', 'two words']],
    ["tags: '#one #two'", ['one', 'two']],
    ['tags:\n  - "#one"\n  - [nested]\n  - two\n  -', ['one', 'two']],
    ['tags:', []],
    ['tags: {a: 1}', []],
    ['Tags: [Upper]', ['Upper']],
    ['keywords: x', ['x']],
  ])('reads the tags of %j', (yaml, tags) => {
    expect(data(yaml).tags).toEqual(tags);
  });

  it.each([
    ['2024-03-05T10:20:30Z', Date.UTC(2024, 2, 5, 10, 20, 30)],
    ['2024-03-05T10:20:30.25+02:00', Date.UTC(2024, 2, 5, 8, 20, 30, 250)],
    ['2024-03-05 10:20 -0530', Date.UTC(2024, 2, 5, 15, 50)],
    ['2024-03-05 10:20', new Date(2024, 2, 5, 10, 20).getTime()],
    ['1709634030', 1709634030000],
    ['1709634030123', 1709634030123],
    ['2024', undefined],
    ['2024-02-30', undefined],
    ['2024-02-03T25:00Z', undefined],
    ['soon', undefined],
  ])('reads the date %j', (date, expected) => {
    expect(data(`updated: ${date}`).modified).toBe(expected);
  });

  it('takes other names of the dates', () => {
    expect(data('date: 2024-03-05').created).toBe(new Date(2024, 2, 5).getTime());
    expect(data('lastmod: 2024-03-05').modified).toBe(new Date(2024, 2, 5).getTime());
  });

  it('ignores values of another kind', () => {
    expect(data('title: [x]\npinned: maybe\ncreated: [1]')).toEqual({ tags: [] });
    expect(data('title: 2024').title).toBe('2024');
  });

  it.each([
    ['title: a: b', 'a: b', 2],
    ['title: - a shelf', '- a shelf', 2],
    ['title: @home', '@home', 2],
    ['title: "open', undefined, 2],
    ['a: [1, 2\ntitle: x', 'x', 2],
    ['a: *missing\ntitle: x', 'x', 0],
    ['title: x\nb: c: d', 'x', 3],
    ['title: x\nb:\n\t- c', 'x', 4],
  ])('loses no more than the odd line of %j', (yaml, title, line) => {
    const parsed = parseFrontMatter(`---\n${yaml}\ntags: [plum]\ndate: 2019-04-02\n---\nbody`);
    expect(parsed.data).toMatchObject({ tags: ['plum'], created: new Date(2019, 3, 2).getTime() });
    expect(parsed.data.title).toBe(title);
    expect(parsed.problem).toMatch(/^Part of the front matter/);
    if (line) expect(parsed.problem).toContain(`line ${line}`);
  });

  it.each([
    ['tags: [#soil, #bark]', ['soil', 'bark']],
    ['tags:\n  - #soil\n  - bark', ['bark', 'soil']],
    ['tags:\n\t- soil\n\t- bark', ['soil', 'bark']],
    ['tags: work home', ['work', 'home']],
    ['tags: two words, three', ['two words', 'three']],
    ['keywords: two words', ['two words']],
    ['tags: [area/home, "🍎"]', ['area/home', '🍎']],
    ['tags:', []],
  ])('reads the tags of %j', (yaml, tags) => {
    expect(data(yaml).tags).toEqual(tags);
  });

  it.each([
    ['date modified: 2018-03-04', 'modified', new Date(2018, 2, 4)],
    ['Date-Created: 2018-03-04', 'created', new Date(2018, 2, 4)],
    ['date: March 5, 2016', 'created', new Date(2016, 2, 5)],
    ['date: 13/12/2017', 'created', new Date(2017, 11, 13)],
    ['date: 20150305', 'created', new Date(2015, 2, 5)],
    ['created: Wednesday, January 3rd 2018, 9:00 pm', 'created', new Date(2018, 0, 3)],
  ] as const)('reads the date of %j', (yaml, key, date) => {
    expect(data(yaml)[key]).toBe(date.getTime());
  });

  it.each(['date: soon', 'date: last week', 'date: 12:30', 'date: chapter 2016'])(
    'makes no date of %j',
    (yaml) => {
      expect(data(yaml).created).toBeUndefined();
    },
  );

  it('is not blown up by aliases', () => {
    let yaml = 'a0: &a0 [x, x, x, x, x, x, x, x, x]';
    for (let i = 1; i < 12; i++) {
      yaml += `\na${i}: &a${i} [${Array(9)
        .fill(`*a${i - 1}`)
        .join(', ')}]`;
    }
    expect(parseFrontMatter(`---\n${yaml}\n---\n`).problem).toBeDefined();
  });

  it.each([
    'no front matter',
    '',
    '---',
    '---\ntitle: never closed\n',
    '---\nJust prose.\n---\nmore',
    '---\n\n# A heading\n\n---\nmore',
    '---\n- a list\n---\nmore',
    ' ---\ntitle: x\n---\n',
    'text\n---\ntitle: x\n---\n',
  ])('leaves %j alone', (text) => {
    expect(parseFrontMatter(text)).toEqual({ data: { tags: [] } });
  });

  it('takes an empty block, dots as its end, CRLF and no body', () => {
    expect(bodyOf('---\n---\nx')).toBe('x');
    const crlf = '---\r\ntitle: x\r\n---\r\n\r\ny';
    for (const [text, body] of [
      ['---\ntitle: x\n...\ny', 'y'],
      ['---\ntitle: x\n---', ''],
      [crlf, 'y'],
    ] as const) {
      expect(parseFrontMatter(text).data.title).toBe('x');
      expect(bodyOf(text)).toBe(body);
    }
  });

  it('keeps the indent of the first line of the body', () => {
    const text = '---\na: 1\n---\n\n    code';
    expect(bodyOf(text)).toBe('    code');
  });

  it('never throws', () => {
    const bit = fc.constantFrom(
      '\n',
      ': ',
      '- ',
      '[',
      '{',
      '"',
      '&a ',
      '*a',
      '|',
      '#',
      '---',
      'k',
      '!!x ',
      '<<: ',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(bit, fc.string({ maxLength: 3 })), { maxLength: 30 }),
        (parts) => {
          const text = `---\na: 1\n${parts.join('')}\n---\nbody`;
          expect(parseFrontMatter(text).data.tags).toBeInstanceOf(Array);
          expect(text.endsWith(bodyOf(text))).toBe(true);
        },
      ),
      { numRuns: 500, seed: 41 },
    );
  });
});
