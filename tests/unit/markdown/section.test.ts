import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/markdown/document.ts';
import { sectionOf } from '../../../src/markdown/section.ts';

const TEXT = `---
k: v
---
First.

## Boats

Of oak. ^oak

### Oars

Of ash.

## Ropes

Of hemp.
`;

describe('sectionOf', () => {
  const of = (place?: string): string | null => {
    const range = sectionOf(parse(TEXT), place);
    return range && TEXT.slice(range.from, range.to).trim();
  };
  it('is all behind the front matter without a place', () => {
    expect(of()).toMatch(/^First\.[\s\S]*Of hemp\.$/);
  });
  it('is a heading with all below it', () => {
    expect(of('Boats')).toBe('## Boats\n\nOf oak. ^oak\n\n### Oars\n\nOf ash.');
    expect(of('Boats#Oars')).toBe('### Oars\n\nOf ash.');
    expect(of('Ropes')).toBe('## Ropes\n\nOf hemp.');
  });
  it('is a block', () => {
    expect(of('^oak')).toBe('Of oak. ^oak');
  });
  it('is nothing where there is no such place', () => {
    expect(of('Sails')).toBeNull();
    expect(of('^none')).toBeNull();
  });
});
