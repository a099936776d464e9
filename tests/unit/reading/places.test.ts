import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/markdown/document.ts';
import { render } from '../../../src/markdown/render.ts';
import { calloutOf } from '../../../src/ui/editor/callouts.ts';
import { blockAt } from '../../../src/ui/editor/reading/places.ts';
import { propertiesOf } from '../../../src/ui/editor/reading/properties.ts';

describe('a place of a note is shown by', () => {
  const text =
    '---\na: b\n---\n\n# c d\n\ne[^1] f^[g] h\n\n- i\n  - j\n\n> k\n\n[^1]: l\n\n|m|\n|-|\n|n|\n\n[o]: p\n\nq[o]';
  const drawn = render(parse(text));

  it.each([
    ['a: b', '---'],
    ['d', '# c d'],
    ['e', 'e[^1] f^[g] h'],
    ['h\n', 'e[^1] f^[g] h'],
    ['i', 'i'],
    ['j', 'j'],
    ['k', 'k'],
    ['l', 'l'],
    ['n|', '|n|'],
    // A definition is not drawn: what stands before it is.
    ['p', '|n|'],
    ['q', 'q[o]'],
  ])('%j: %j', (wanted, expected) => {
    const from = blockAt(drawn, text.indexOf(wanted))!;
    expect(text.slice(from).split('\n')[0]).toBe(expected);
  });

  it('none where nothing is drawn', () => {
    expect(blockAt([], 0)).toBeUndefined();
    expect(blockAt(render(parse('\n\na')), 0)).toBeUndefined();
  });
});

describe('properties', () => {
  it.each<[string, [string, string][] | null]>([
    [
      'a: b\nc d:   e: f  ',
      [
        ['a', 'b'],
        ['c d', 'e: f'],
      ],
    ],
    [
      '"a": \'b\'\nc: "d\\n"',
      [
        ['a', 'b'],
        ['c', '"d\\n"'],
      ],
    ],
    [
      'a:\n  - b\n  - "c"\nd:\n- e',
      [
        ['a', 'b, c'],
        ['d', 'e'],
      ],
    ],
    [
      'a: [b, c]\nd: ["e", f]',
      [
        ['a', 'b, c'],
        ['d', '["e", f]'],
      ],
    ],
    ['a: |\n  b\n  c', [['a', 'b\nc']]],
    ['a:\n  b: c', [['a', 'b: c']]],
    ['# no\n\na:', [['a', '']]],
    ['- a\nb: c', null],
    ['', []],
  ])('%j', (yaml, expected) => {
    expect(propertiesOf(yaml)?.map(({ key, value }) => [key, value]) ?? null).toEqual(expected);
  });
});

it('callouts are called what they are, and known ones have a colour', () => {
  expect(calloutOf('bug')).toEqual({ tone: 'bad', label: 'Bug' });
  expect(calloutOf('my own')).toEqual({ tone: 'plain', label: 'My own' });
  expect(calloutOf('constructor')).toEqual({ tone: 'plain', label: 'Constructor' });
});
