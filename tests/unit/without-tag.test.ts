import { describe, expect, it } from 'vitest';
import { withoutTag } from '../../src/markdown/without-tag.ts';

describe('a tag taken out of a text', () => {
  it.each([
    ['One #plum two', 'One two'],
    ['One #plum', 'One'],
    ['#plum two', 'two'],
    ['(#plum)', '()'],
    ['#Plum and `#plum` and #plum/small', 'and `#plum` and #plum/small'],
    ['tags:: fig, plum, kiwi', 'tags:: fig, kiwi'],
    ['---\ntags: [fig, plum]\nx: 1\n---\nText #plum.', '---\ntags: [fig]\nx: 1\n---\nText.'],
    ['---\ntags: plum fig\n---\n', '---\ntags: fig\n---\n'],
    ['---\ntags:\n  - "#plum"\n  - fig\n---\n', '---\ntags:\n  - fig\n---\n'],
    ['nothing', 'nothing'],
  ])('of %j', (text, left) => {
    expect(withoutTag(text, 'plum')).toBe(left);
  });
});
