/** Properties in a text: `key:: value` in a line of its own, `[key:: value]`, `(key:: value)`. */

export interface PropertyMark {
  from: number;
  to: number;
  kind: 'key' | 'mark';
}

/** `std::vector` is none: a space or the line's end follows. */
const LINE = /^([ \t]*)(\*\*|__|\*|_)?([\p{L}][\p{L}\p{N} _/-]{0,60})(\2)?::(\2)?(?=\s|$)/gmu;
const BRACKETED = /([[(])([\p{L}][\p{L}\p{N} _/-]{0,60})::(?=[ \t])/gu;
/** UTF-16 units of a bracketed value. */
const LONGEST = 300;

/** The signs and keys of all properties, in order. */
export function propertyMarks(text: string): PropertyMark[] {
  const marks: PropertyMark[] = [];
  if (!text.includes('::')) return marks;
  for (const match of text.matchAll(LINE)) {
    const [, indent, open = '', key, inside = '', behind = ''] = match;
    if (open !== inside + behind) continue;
    const from = match.index + indent!.length;
    const keyFrom = from + open.length;
    const keyTo = keyFrom + key!.length;
    if (open) marks.push({ from, to: keyFrom, kind: 'mark' });
    marks.push({ from: keyFrom, to: keyTo, kind: 'key' });
    marks.push({ from: keyTo, to: match.index + match[0].length, kind: 'mark' });
  }
  for (const match of text.matchAll(BRACKETED)) {
    const from = match.index;
    const keyTo = from + 1 + match[2]!.length;
    const close = closing(text, from);
    if (close < 0) continue;
    marks.push({ from, to: from + 1, kind: 'mark' });
    marks.push({ from: from + 1, to: keyTo, kind: 'key' });
    marks.push({ from: keyTo, to: keyTo + 2, kind: 'mark' });
    marks.push({ from: close, to: close + 1, kind: 'mark' });
  }
  return marks.sort((a, b) => a.from - b.from);
}

/** Where the bracket at `from` closes in its line; -1 if it does not, or if it is that of a link. */
function closing(text: string, from: number): number {
  const open = text[from];
  const close = open === '[' ? ']' : ')';
  let depth = 0;
  const last = Math.min(text.length, from + LONGEST);
  for (let at = from; at < last && text[at] !== '\n'; at++) {
    const sign = text[at];
    if (sign === open) depth++;
    else if (sign === close && --depth === 0) {
      return open === '[' && /[[(]/.test(text[at + 1] ?? '') ? -1 : at;
    }
  }
  return -1;
}
