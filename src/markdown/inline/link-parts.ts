/**
 * The parts of a link in CommonMark 0.31.2: destination, title, label. Pure. Each function gives
 * where the part ends (exclusive), or -1 where none begins at `at`.
 */

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;

/** Parentheses of a destination may be nested so deep: CommonMark asks for three at least. */
const DEEPEST = 32;
/** Characters of a label between its brackets, at most. */
const LONGEST_LABEL = 999;

/** @returns where the first character is that is no space, tab or line end */
export function skipSpace(text: string, at: number): number {
  let end = at;
  while (isSpace(text.charCodeAt(end))) end++;
  return end;
}

/** `<in angle brackets>`, or a run without spaces whose parentheses are balanced; may be empty. */
export function destinationEnd(text: string, at: number): number {
  if (text[at] === '<') return angledEnd(text, at);
  let depth = 0;
  let end = at;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (isSpace(code) || code < 32 || code === 127) break;
    const sign = text[end];
    if (sign === '\\' && isPunctuation(text.charCodeAt(end + 1))) end++;
    else if (sign === '(' && ++depth > DEEPEST) return -1;
    else if (sign === ')' && --depth < 0) break;
  }
  return depth > 0 ? -1 : Math.min(end, text.length);
}

function angledEnd(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end++) {
    const sign = text[end];
    if (sign === '>') return end + 1;
    if (sign === '<' || sign === '\n' || sign === '\r') return -1;
    if (sign === '\\') end++;
  }
  return -1;
}

/** `"…"`, `'…'` or `(…)`. */
export function titleEnd(text: string, at: number): number {
  const open = text[at];
  if (open !== '"' && open !== "'" && open !== '(') return -1;
  const close = open === '(' ? ')' : open;
  for (let end = at + 1; end < text.length; end++) {
    const sign = text[end];
    if (sign === close) return end + 1;
    if (sign === '(' && open === '(') return -1;
    if (sign === '\\') end++;
  }
  return -1;
}

/** `[…]`: no bracket inside but escaped ones. An empty one ends, too: `[]`. */
export function labelEnd(text: string, at: number): number {
  if (text[at] !== '[') return -1;
  const last = Math.min(text.length, at + LONGEST_LABEL + 2);
  for (let end = at + 1; end < last; end++) {
    const sign = text[end];
    if (sign === ']') return end + 1;
    if (sign === '[') return -1;
    if (sign === '\\') end++;
  }
  return -1;
}

/** What a label is known by: case and spaces do not matter. '' for one that is only spaces. */
export const labelKey = (label: string): string =>
  label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase();

/** ASCII punctuation: what a backslash escapes. */
export function isPunctuation(code: number): boolean {
  return (
    (code >= 33 && code <= 47) ||
    (code >= 58 && code <= 64) ||
    (code >= 91 && code <= 96) ||
    (code >= 123 && code <= 126)
  );
}
