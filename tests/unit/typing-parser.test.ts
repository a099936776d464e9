/** What the editor reads while one types is what the reader reads. */
import { TreeFragment } from '@lezer/common';
import { parser as base } from '@lezer/markdown';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/markdown/document.ts';
import { typingParser } from '../../src/markdown/typing-parser.ts';

const typing = typingParser(base);
const PARTS = [
  `${'filler '.repeat(30)}\n\n`,
  '---\n',
  'a: b\n',
  '%%',
  '$$',
  '$',
  '> [!tip]- x\n',
  '> ',
  '- [/] y\n',
  '- ',
  ': z\n',
  '\n',
  '\n\n',
  '[^1]',
  '[^1]: n\n',
  '==h==',
  '<% t %>',
  '<%',
  '<!--',
  '-->',
  '```js\n',
  '```\n',
  '|a|b|\n|-|-|\n',
  'word ',
  '#tag ',
  '[[l]] ',
  '^id\n',
  '    ',
  '<details>\n',
  '# H\n',
];

/** A tree without names that only differ in what was not used: such definitions are text to the reader. */
const shown = (tree: { toString(): string }): string => tree.toString();

describe('typed a change at a time', () => {
  const text = fc
    .array(fc.constantFrom(...PARTS), { maxLength: 30 })
    .map((parts) => parts.join(''));
  it('is read as if at once', () => {
    fc.assert(
      fc.property(
        text,
        fc.array(fc.tuple(fc.nat(), fc.nat(4), fc.constantFrom(...PARTS)), { maxLength: 8 }),
        (start, edits) => {
          let now = start;
          let tree = typing.parse(now);
          let fragments = TreeFragment.addTree(tree);
          for (const [place, gone, put] of edits) {
            const from = place % (now.length + 1);
            const to = Math.min(now.length, from + gone);
            now = now.slice(0, from) + put + now.slice(to);
            fragments = TreeFragment.applyChanges(fragments, [
              { fromA: from, toA: to, fromB: from, toB: from + put.length },
            ]) as TreeFragment[];
            tree = typing.parse(now, fragments);
            fragments = TreeFragment.addTree(tree, fragments) as TreeFragment[];
            expect(shown(tree), JSON.stringify(now)).toBe(shown(typing.parse(now)));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  const FILLER = `${'filler '.repeat(60)}\n\n`.repeat(3);
  it.each([
    ['a remark closed far below', `%%\n\n${FILLER}`, '%%\n'],
    ['a formula', `a\n\n$$\n\n${FILLER}`, '$$\n'],
    ['a template', `<%\n\n${FILLER}`, '%>\n'],
    ['a comment', `<!--\n\n${FILLER}`, '-->\n'],
    ['front matter', `---\na: b\n\n${FILLER}`, '---\n'],
    ['a footnote', `a[^1]\n\n${FILLER}`, '[^1]: b\n'],
    ['a link by its label', `[a]\n\n${FILLER}`, '[a]: b\n'],
  ])('%s changes what stands before', (_, before, added) => {
    const tree = typing.parse(before);
    const at = before.length;
    const fragments = TreeFragment.applyChanges(TreeFragment.addTree(tree), [
      { fromA: at, toA: at, fromB: at, toB: at + added.length },
    ]);
    const now = typing.parse(before + added, fragments);
    expect(shown(now)).toBe(shown(typing.parse(before + added)));
    expect(shown(now).startsWith(shown(tree).slice(0, -1))).toBe(false);
  });

  it('has the nodes of the reader', () => {
    fc.assert(
      fc.property(text, (now) => {
        // A definition that nothing uses is text, but while one types it is about to be used.
        fc.pre(!now.includes(']:'));
        expect(shown(typing.parse(now)), JSON.stringify(now)).toBe(shown(parse(now).tree));
      }),
      { numRuns: 300 },
    );
  });
});
