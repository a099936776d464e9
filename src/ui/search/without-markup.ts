/** A piece of Markdown as one reads it: without the signs that only say how it is drawn. Pure. */

export interface Plain {
  text: string;
  /** Where a place of the former text is in this one, UTF-16 units. */
  at(place: number): number;
}

type Range = [from: number, to: number];

/** Left as they are, for there signs are text: code, be it a block or a few words. */
const CODE =
  /^[ \t]*(`{3,}|~{3,})[^\n]*(?:\n[\s\S]{0,20000}?(?:^[ \t]*\1[^\n]*$|$(?![\s\S]))|$)|(?<!`)``(?!`)(?:[^`]|`(?!`)){1,400}``(?!`)|(?<!`)`(?!`)[^`]{1,400}`(?!`)/gm;
const TAG =
  /<\/?(?:a|b|blockquote|br|center|code|details|div|em|figcaption|figure|font|h[1-6]|hr|i|iframe|kbd|li|ol|p|pre|s|small|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul|video)(?:\s[^<>]{0,500})?\/?>/gi;
const COMMENT = /<!--[\s\S]{0,2000}?-->/g;
const IMAGE_TAG = /<img\s[^<>]{0,1000}\/?>/gi;
const ALT = /\salt=(?:"([^"]*)"|'([^']*)')/i;
/** With the text between, which stays. */
const PAIRS = [
  /(!?\[)([^[\]\n]{1,300})(\]\([^()\s]{0,500}(?:\s+"[^"\n]{0,200}")?\))/g,
  /(\[\[(?:[^[\]|\n]{1,300}\|)?)([^[\]|\n]{1,300})(\]\])/g,
  /(\*\*|__)(?=\S)([^*_]{1,300})(?<=\S)(\1)/g,
  /(?<![\p{L}\p{N}*])(\*)(?=[^\s*])([^*]{1,300})(?<=[^\s*])(\*)(?![\p{L}\p{N}*])/gu,
  /(?<![\p{L}\p{N}_])(_)(?=[^\s_])([^_]{1,300})(?<=[^\s_])(_)(?![\p{L}\p{N}_])/gu,
  /(~~)(?=\S)([^~]{1,300})(?<=\S)(~~)/g,
];
/** A line that the next one may go on: no heading, row or fence, and no break that is meant. */
const GOES_ON = /^(?![ \t]*(?:#{1,6}[ \t]|\||`{3}|~{3}))[^\n]*[^\s\\|]$/;
/** A line that begins something of its own: an item, a quotation, a heading, a row, a block. */
const BEGINS = /^[ \t]*(?:[-*+][ \t]|\d+[.)][ \t]|#{1,6}[ \t]|[>|<]|`{3}|~{3}|$)/;
/** Signs of a quotation and of a heading, at the beginning of a line. */
const LINE_STARTS = /^[ \t]*(?:(?:>[ \t]?)+|#{1,6}[ \t]+)/gm;

/** The box of a task. */
const BOX = /(?<=^[ \t]{0,12}(?:[-*+]|\d{1,4}[.)])[ \t]{1,4})\[[ xX]\][ \t]+/gm;

/** @param text from anywhere in a note: a sign whose other half is cut off stays */
export function withoutMarkup(text: string): Plain {
  const asItIs: Plain = { text, at: (place) => place };
  if (!/[<[*_`~>#\n]/.test(text)) return asItIs;
  const dropped = new Uint8Array(text.length);
  const code = ranges(text, CODE);
  const inCode = (place: number): boolean => code.some(([a, b]) => place >= a && place < b);
  const drop = ([from, to]: Range): void => {
    if (!inCode(from)) dropped.fill(1, from, to);
  };
  for (const [from, to] of code) {
    for (const [a, b] of signsOfCode(text.slice(from, to))) dropped.fill(1, from + a, from + b);
  }
  for (const pattern of [COMMENT, TAG, LINE_STARTS, BOX]) ranges(text, pattern).forEach(drop);
  for (const match of text.matchAll(IMAGE_TAG)) {
    const end = match.index + match[0].length;
    const alt = ALT.exec(match[0]);
    const said = alt?.[1] ?? alt?.[2] ?? '';
    const from =
      match.index + (alt ? alt.index + alt[0].length - 1 - said.length : match[0].length);
    drop([match.index, from]);
    drop([from + said.length, end]);
  }
  for (const pattern of PAIRS) {
    for (const { index, 0: all, 1: before, 3: after } of text.matchAll(pattern)) {
      if (inCode(index)) continue;
      drop([index, index + before!.length]);
      drop([index + all.length - after!.length, index + all.length]);
    }
  }
  return kept(joined(text, inCode), dropped) ?? asItIs;
}

/** A line break within a paragraph is a space. */
function joined(text: string, inCode: (place: number) => boolean): string {
  const lines = text.split('\n');
  let at = 0;
  let whole = lines[0]!;
  for (let i = 1; i < lines.length; i++) {
    at += lines[i - 1]!.length;
    const soft = GOES_ON.test(lines[i - 1]!) && !BEGINS.test(lines[i]!) && !inCode(at);
    whole += (soft ? ' ' : '\n') + lines[i];
    at++;
  }
  return whole;
}

/** Null where hardly anything would be left. */
function kept(text: string, dropped: Uint8Array): Plain | null {
  const places = new Uint32Array(text.length + 1);
  let plain = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    places[i + 1] = places[i]! + 1 - dropped[i]!;
    if (!dropped[i]) continue;
    plain += text.slice(from, i);
    from = i + 1;
  }
  plain += text.slice(from);
  if (plain.trim() === '') return null;
  return { text: plain, at: (place) => places[Math.min(Math.max(0, place), text.length)]! };
}

/** The fences of a block with what stands beside them; the backticks about some words. */
function signsOfCode(code: string): Range[] {
  const ticks = /^`{1,2}(?!`)/.exec(code);
  if (ticks) {
    const { length } = ticks[0];
    return [
      [0, length],
      [code.length - length, code.length],
    ];
  }
  return ranges(code, /^[ \t]*(?:`{3,}|~{3,})[^\n]*$/gm);
}

const ranges = (text: string, pattern: RegExp): Range[] =>
  Array.from(text.matchAll(pattern), ({ index, 0: all }): Range => [index, index + all.length]);
