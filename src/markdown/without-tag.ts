/** Takes a tag out of a note's text, wherever it stands as one. Fetched with YAML's parser. */
import { parse } from './document.ts';
import { propertiesIn, withProperty } from './front-matter-edit.ts';
import { inlinePropertiesOf } from './inline-properties.ts';
import { tagsOf } from './tags.ts';

const same = (a: string, b: string): boolean =>
  a.replace(/^#+/, '').normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();

/** @returns the text without it; as it is where the tag stands in a way that is left alone */
export function withoutTag(text: string, tag: string): string {
  let next = inBody(text, tag);
  for (const { name, kind, value } of propertiesIn(next).properties) {
    if (!/^(?:tags?|keywords)$/i.test(name) || kind === 'other') continue;
    if (typeof value === 'object') {
      const left = value.filter((one) => !same(one, tag));
      if (left.length < value.length) next = withProperty(next, name, left) ?? next;
    } else if (typeof value === 'string') {
      const sign = value.includes(',') ? ',' : ' ';
      const all = value.split(sign).map((one) => one.trim());
      const left = all.filter((one) => !same(one, tag));
      if (left.length === all.length) continue;
      next = withProperty(next, name, left.join(sign === ',' ? ', ' : ' ') || null) ?? next;
    }
  }
  return next;
}

/** Each `#tag` with one space beside it, and items of `tags:: a, b`. */
function inBody(text: string, tag: string): string {
  const doc = parse(text);
  const cuts: [from: number, to: number, by: string][] = [];
  for (const { key, value, valueRange } of inlinePropertiesOf(doc)) {
    if (!/^tags?$/i.test(key) || !value.includes(',')) continue;
    const { from, to } = valueRange;
    const all = text.slice(from, to).split(',');
    const left = all.filter((one) => !same(one.trim(), tag));
    if (left.length < all.length) cuts.push([from, to, left.join(',').trim()]);
  }
  for (const { from, to, name } of tagsOf(doc)) {
    if (!same(name, tag) || cuts.some(([start, end]) => from >= start && to <= end)) continue;
    if (text[to] === ' ' && (from === 0 || /\s/.test(text[from - 1]!)))
      cuts.push([from, to + 1, '']);
    else if (text[from - 1] === ' ') cuts.push([from - 1, to, '']);
    else cuts.push([from, to, '']);
  }
  cuts.sort(([a], [b]) => b - a);
  let next = text;
  for (const [from, to, by] of cuts) next = next.slice(0, from) + by + next.slice(to);
  return next;
}
