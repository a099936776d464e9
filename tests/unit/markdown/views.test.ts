/** What else is read from a note's tree: headings, links, tags, tasks, properties. */
import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/markdown/document.ts';
import { headingsOf } from '../../../src/markdown/headings.ts';
import { inlinePropertiesOf } from '../../../src/markdown/inline-properties.ts';
import { linksOf } from '../../../src/markdown/links.ts';
import { tagsOf } from '../../../src/markdown/tags.ts';
import { tasksOf } from '../../../src/markdown/tasks.ts';

it('gives headings as they are read, none of a comment, code or front matter', () => {
  const text =
    '---\n# a: b\nk: v\n---\n# One *two* [[a|three]] ^id\n\n<!--\n# No\n-->\n\n```\n# No\n```\n\n%%\n# No\n%%\n\nFour\n---\n\n> ### Five &amp; <b>six</b>\n\n- # Seven\n\n#\n';
  const headings = headingsOf(parse(text));
  expect(headings.map(({ level, text: words, quote }) => [level, words, quote])).toEqual([
    [1, 'One two three', 0],
    [2, 'Four', 0],
    [3, 'Five & six', 1],
    [1, 'Seven', 0],
  ]);
  expect(text.slice(headings[1]!.from, headings[1]!.to)).toBe('Four\n---');
  expect(headingsOf(parse(text), 2)).toHaveLength(2);
});

describe('links', () => {
  const links = (text: string): unknown[] =>
    linksOf(parse(text)).map(({ from, to, targetRange, shownRange, ...rest }) => ({
      ...rest,
      shown: shownRange && text.slice(shownRange.from, shownRange.to),
    }));

  it.each<[string, unknown[]]>([
    ['[[Note]]', [{ kind: 'wiki', target: 'Note', shown: null }]],
    ['[[a/Note #Part|so]]', [{ kind: 'wiki', target: 'a/Note', heading: 'Part', shown: 'so' }]],
    [
      '[[#Here]] [[N#^id]]',
      [
        { kind: 'wiki', target: '', heading: 'Here', shown: null },
        { kind: 'wiki', target: 'N', block: 'id', shown: null },
      ],
    ],
    [
      '![[p.png|cat|30x20]]',
      [{ kind: 'embed', target: 'p.png', shown: 'cat', width: 30, height: 20 }],
    ],
    ['![[p.png|300]]', [{ kind: 'embed', target: 'p.png', shown: null, width: 300 }]],
    [
      '[a](my%20note.md#Part "T")',
      [{ kind: 'link', target: 'my%20note.md', heading: 'Part', shown: 'a', title: 'T' }],
    ],
    ["[a](<b c\\>d> 'e')", [{ kind: 'link', target: 'b c>d', shown: 'a', title: 'e' }]],
    ['[a](https://b.c/d#e)', [{ kind: 'link', target: 'https://b.c/d#e', shown: 'a' }]],
    [
      '[![b](c.png)](d)',
      [
        { kind: 'link', target: 'd', shown: '![b](c.png)' },
        { kind: 'image', target: 'c.png', shown: 'b' },
      ],
    ],
    [
      '[a][B] [b]\n\n[b]: /c&amp;d (e)',
      [
        { kind: 'link', target: '/c&d', shown: 'a', title: 'e' },
        { kind: 'link', target: '/c&d', shown: 'b', title: 'e' },
      ],
    ],
    [
      '<https://a.b> www.c.d e@f.g',
      [
        { kind: 'address', target: 'https://a.b', shown: 'https://a.b' },
        { kind: 'address', target: 'http://www.c.d', shown: 'www.c.d' },
        { kind: 'address', target: 'mailto:e@f.g', shown: 'e@f.g' },
      ],
    ],
    ['`[[a]]` <!-- [[b]] --> %%[[c]]%%\n\n    [[d]]\n\n```\n[e](f)\n```', []],
    ['[a]() [b] [c][d]', [{ kind: 'link', target: '', shown: 'a' }]],
  ])('%j', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  it('says where a target stands', () => {
    const text = '[a][b] [[c#d|e]] ![f](<g h>)\n\n[b]: i "j"';
    expect(
      linksOf(parse(text)).map(({ targetRange: { from, to } }) => text.slice(from, to)),
    ).toEqual(['i', 'c#d', '<g h>']);
  });
});

it('gives tags, none of code, links, numbers or remarks', () => {
  const text = '#a #b/c-d, `#e` [#f](g) #1 %%#h%%\n\n# #i\n\n- #j\n\n| #k |\n|---|';
  expect(tagsOf(parse(text)).map(({ name }) => name)).toEqual(['a', 'b/c-d', 'i', 'j', 'k']);
});

it('gives tasks with their states', () => {
  const text = '- [ ] a *b*\n- [x] c\n  - [-] d\n1. [/] e\n- [f](g)\n\n[ ] h';
  expect(tasksOf(parse(text)).map(({ state, text: words }) => [state, words])).toEqual([
    [' ', 'a b'],
    ['x', 'c'],
    ['-', 'd'],
    ['/', 'e'],
  ]);
});

it('gives properties in a text', () => {
  const text = 'author:: *A* [[B]]\n- rating:: 5\n\nSo [a b:: c (d)] and (e:: f) std::g\nh::';
  expect(inlinePropertiesOf(parse(text)).map(({ key, value }) => [key, value])).toEqual([
    ['author', 'A B'],
    ['rating', '5'],
    ['a b', 'c (d)'],
    ['e', 'f'],
    ['h', ''],
  ]);
});
