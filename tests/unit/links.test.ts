import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkTargets, namesPath } from '../../src/worker/search/links.ts';

describe('linkTargets', () => {
  it('reads wiki links and relative Markdown links, not addresses', () => {
    const text = `See [[Bread]], [[Rye#Crust|the crust]] and [tea](../drinks/Green%20tea.md "a note").
![[Photo.png]] [site](https://example.org/a.md) [mail](mailto:a@b.c) [up](#top) [x](<b.md>)

[ref]: plans/summer.md`;
    expect(linkTargets(text)).toEqual([
      { name: 'Bread', kind: 'wiki' },
      { name: 'Rye', kind: 'wiki' },
      { name: 'Photo.png', kind: 'wiki' },
      { name: '../drinks/Green tea.md', kind: 'file' },
      { name: 'b.md', kind: 'file' },
      { name: 'plans/summer.md', kind: 'file' },
    ]);
  });

  it('never throws, and is quick on what looks like links without end', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (s) => !!linkTargets(s)));
    const began = performance.now();
    for (const piece of ['[[', '](', ']( <', '[a]: ', '%']) linkTargets(`x${piece.repeat(50_000)}`);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe('namesPath', () => {
  it('follows a relative link from its note’s folder', () => {
    expect(namesPath('../drinks/tea.md', 'food/bread.md', 'drinks/Tea.md')).toBe(true);
    expect(namesPath('tea', 'food/bread.md', 'food/tea.txt')).toBe(true);
    expect(namesPath('/food/tea.md', 'a/b/c.md', 'food/tea.md')).toBe(true);
    expect(namesPath('tea.md', 'food/bread.md', 'drinks/tea.md')).toBe(false);
    expect(namesPath('tea.md', '', '')).toBe(false);
  });
});
