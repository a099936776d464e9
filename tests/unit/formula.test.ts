import temml from 'temml';
import { describe, expect, it } from 'vitest';
import { formulaOf } from '../../src/ui/editor/math/formula.ts';

interface Made {
  style: Record<string, string>;
  attributes: Record<string, string>;
  children: Made[];
}

/** What would be drawn, without a page: its own way to nodes gives the tree itself. */
function drawn(source: string): Made[] | null {
  let made: Made | null = null;
  const library = {
    ...temml,
    __renderToMathMLTree: (written: string, options: object) => {
      const tree = temml.__renderToMathMLTree(written, options);
      tree.toNode = () => {
        made = tree;
        return tree;
      };
      return tree;
    },
  } as typeof temml;
  if (!formulaOf(library, source, true) || !made) return null;
  const all: Made[] = [made];
  for (let i = 0; i < all.length; i++) all.push(...(all[i]!.children ?? []));
  return all;
}

describe('a formula', () => {
  it('has neither ids nor styles in attributes, which the policy refuses', () => {
    const all = drawn('\\pmb{a} \\label{x} + \\prescript{a}{b}{c} \\tag{1}')!;
    const attributes = all.flatMap((one) => Object.keys(one.attributes ?? {}));
    expect(attributes).not.toContain('style');
    expect(attributes).not.toContain('id');
    expect(all.some((one) => one.style?.['font-weight'] === 'bold')).toBe(true);
  });

  it.each([
    ['one that expands for ever', '\\def\\x{\\x\\x}\\x'],
    ['one that doubles', `\\def\\a#1{#1#1}${'\\a{'.repeat(30)}x${'}'.repeat(30)}`],
    ['one too deep', `${'\\sqrt{'.repeat(300)}x${'}'.repeat(300)}`],
    ['one too deep to be read', `${'{'.repeat(1_900)}${'}'.repeat(1_900)}`],
    ['one too large', `\\begin{matrix}${'\\frac{a}{b}&'.repeat(1_500)}\\end{matrix}`],
    ['one that is wrong', '\\frac{1}{'],
    ['a picture from elsewhere', '\\includegraphics{https://example.org/a.png}'],
  ])('%s is not drawn', (_, source) => {
    expect(drawn(source)).toBeNull();
  });

  it('leads nowhere', () => {
    const all = drawn('\\href{https://example.org}{a} \\url{https://example.org}');
    expect(all?.some((one) => 'href' in (one as object)) ?? false).toBe(false);
  });
});
