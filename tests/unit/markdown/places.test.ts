import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/markdown/document.ts';
import { blocksOf, blockWords, headingKey, placeIn } from '../../../src/markdown/places.ts';

const TEXT = `---
title: x
---

# Garden

## Tools

- rake ^rake-1
- spade

## Beds

### Tools

What’s *left*, here? ^left

| a |
|---|
| b |

^grid

## What’s new?

Setext
------

\`\`\`
# Code ^no
\`\`\`

## 🌱
`;

describe('a place of a note', () => {
  const doc = parse(TEXT);
  it.each([
    ['Garden', '# Garden'],
    ['tools', '## Tools'],
    ['Beds#Tools', '### Tools'],
    ['Garden#Beds#Tools', '### Tools'],
    ['Gone#Tools', '## Tools'],
    ['what-s-new', '## What’s new?'],
    ['whats-new', '## What’s new?'],
    ['Setext', 'Setext\n------'],
    ['🌱', '## 🌱'],
    ['^rake-1', '- rake ^rake-1'],
    ['^LEFT', 'What’s *left*, here? ^left'],
    ['^grid', '| a |\n|---|\n| b |'],
    ['^no', null],
    ['Code', null],
    ['', null],
    ['#', null],
  ])('%s: %s', (place, expected) => {
    const found = placeIn(doc, place);
    expect(found && TEXT.slice(found.from, found.to)).toBe(expected);
  });

  it('has words', () => {
    expect(blocksOf(doc).map((block) => [block.id, blockWords(doc, block, 12)])).toEqual([
      ['rake-1', 'rake'],
      ['left', 'What’s left,…'],
      ['grid', 'a b'],
    ]);
  });

  it('is looked for in any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, place) => {
        const found = placeIn(parse(text), place);
        return found === null || (found.from <= found.to && found.to <= text.length);
      }),
    );
  });
});

it('a heading is named as it is written, or with hyphens', () => {
  for (const name of ['What’s *new*, here?', 'what-s-new-here', ' What s new  here']) {
    expect(headingKey(name)).toBe('what-s-new-here');
  }
  expect(headingKey('Ärger 1.2')).toBe(headingKey('a\u0308rger-1-2'));
});
