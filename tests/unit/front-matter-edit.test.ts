import { describe, expect, it } from 'vitest';
import { propertiesIn, withProperty } from '../../src/markdown/front-matter-edit.ts';

const note = (yaml: string): string => `---\n${yaml}\n---\nThe text. \n`;

describe('properties', () => {
  it('have kinds, and what is left alone is shown as it is written', () => {
    const yaml =
      'a: word\nb: [x, "y"]\nc:\n  - 1\n  - z\nd: 3.5\ne: 2024-05-06\nf: true\ng:\nh: {x: 1}\ni: |\n  two\n  lines\nj: &k v\na: again\nm: a: b';
    const { properties, oddLines } = propertiesIn(note(yaml));
    expect(properties.map(({ name, kind, value }) => [name, kind, value])).toEqual([
      ['a', 'text', 'word'],
      ['b', 'list', ['x', 'y']],
      ['c', 'list', ['1', 'z']],
      ['d', 'number', '3.5'],
      ['e', 'date', '2024-05-06'],
      ['f', 'checkbox', true],
      ['g', 'text', ''],
      ['h', 'other', '{x: 1}'],
      ['i', 'other', '|\n  two\n  lines'],
      ['j', 'other', '&k v'],
      ['a', 'other', 'again'],
      ['m', 'other', 'a: b'],
    ]);
    expect(oddLines).toEqual([17]);
  });

  it.each<[string, string, Parameters<typeof withProperty>[2], string | null]>([
    ['a: x  # why\nb:   y', 'a', 'z', 'a: z  # why\nb:   y'],
    ["a: 'x'", 'a', "it's", "a: 'it''s'"],
    ['a: "x"', 'a', 'say "yes"', 'a: "say \\"yes\\""'],
    ['a: x', 'a', 'b: c', 'a: "b: c"'],
    ['a: x', 'a', '#c', 'a: "#c"'],
    ['a:   # why', 'a', 'x', 'a: x   # why'],
    ['a: true', 'a', false, 'a: false'],
    ['a: 3', 'a', '4.5', 'a: 4.5'],
    ['a: [x,  y ]', 'a', ['x', 'y', 'z'], 'a: [x,  y, z ]'],
    ['a: [x,  y ]', 'a', ['y'], 'a: [y ]'],
    ['a: [x,  y ]', 'a', [], 'a: [ ]'],
    ['a: [x, y, z]', 'a', ['x'], 'a: [x]'],
    ['a: [x, y, z]', 'a', ['z'], 'a: [z]'],
    ['a: [ ]', 'a', ['x, y'], 'a: ["x, y" ]'],
    ['a:\n  - x # one\n  - y\nb: 1', 'a', ['x', 'z', 'q'], 'a:\n  - x # one\n  - z\n  - q\nb: 1'],
    ['a:\n- x\n- y', 'a', ['y'], 'a:\n- y'],
    ['a:\n- x\nb: 1', 'a', [], 'a:\nb: 1'],
    ['a: x\nb: [1,2]', 'a', null, 'b: [1,2]'],
    ['a: x', 'new one', 'y', 'a: x\nnew one: y'],
    ['a: x', 'new', ['p', 'q'], 'a: x\nnew: [p, q]'],
    ['a: {b: 1}', 'a', 'x', null],
    ['a: |\n  x', 'a', 'y', null],
    ['a: &n x\nb: *n', 'a', 'y', null],
    ['a: x', 'b: c', 'y', null],
    ['a: [x, {y: 1}]', 'a', ['x'], null],
    ['odd: a: b\na: x', 'a', 'y', 'odd: a: b\na: y'],
  ])('%j: %s becomes %j', (yaml, name, value, wanted) => {
    expect(withProperty(note(yaml), name, value)).toBe(wanted === null ? null : note(wanted));
  });

  it('begin a block where there is none, and keep every line end', () => {
    expect(withProperty('Text.', 'a', 'x')).toBe('---\na: x\n---\nText.');
    expect(withProperty('\ufeffText.', 'a', 'x')).toBe('\ufeff---\na: x\n---\nText.');
    const crlf = '---\r\na: x\r\nb:\r\n  - y\r\n---\r\nText.\r\n';
    expect(withProperty(crlf, 'a', 'z')).toBe(crlf.replace('x', 'z'));
    expect(withProperty(crlf, 'b', ['y', 'z'])).toBe(crlf.replace('- y\r\n', '- y\r\n  - z\r\n'));
    expect(withProperty(crlf, 'c', 'z')).toBe(crlf.replace('---\r\nText', 'c: z\r\n---\r\nText'));
  });
});
