/** What stands before and behind a sign, by whole characters. Pure. */

const SPACE = /\s/;
const PUNCTUATION = /[\p{S}\p{P}]/u;
const WORD = /[\p{L}\p{N}]/u;

/** The character before a place; '' at the start. */
export function before(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  const pair = (low & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 2) & 0xfc00) === 0xd800;
  return text.slice(Math.max(0, at - (pair ? 2 : 1)), at);
}

/** The character at a place; '' at the end. */
export function after(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : text.slice(at, at + (code > 0xffff ? 2 : 1));
}

/** Space, or where a block begins or ends. */
export const isGap = (character: string): boolean => character === '' || SPACE.test(character);
export const isPunctuation = (character: string): boolean => PUNCTUATION.test(character);
export const isWord = (character: string): boolean => WORD.test(character);

/** Where the run ends of which the sign at `at` is part. */
export function runEnd(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  let end = at + 1;
  while (text.charCodeAt(end) === sign) end++;
  return end;
}

export interface Flanks {
  /** It touches what is behind it. */
  left: boolean;
  /** It touches what is before it. */
  right: boolean;
  before: string;
  after: string;
}

/** CommonMark's left and right flanking, of the run from `from` to `to`. */
export function flanks(text: string, from: number, to: number): Flanks {
  const first = before(text, from);
  const last = after(text, to);
  const left = !isGap(last) && (!isPunctuation(last) || isGap(first) || isPunctuation(first));
  const right = !isGap(first) && (!isPunctuation(first) || isGap(last) || isPunctuation(last));
  return { left, right, before: first, after: last };
}
