/** What `<` may begin in a line: a tag, a comment, an address. */
import type { InlineRule } from './inlines.ts';
import type { Look } from './look.ts';

const ADDRESS = /<[a-z][\w.+-]{1,31}:[^\s<>]*>/iy;
const MAIL =
  /<[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?){0,20}>/iy;
const NAME = /[a-z][a-z\d-]*/iy;
const ATTRIBUTE_NAME = /[a-z_:][\w.:-]*/iy;
const UNQUOTED = /[^\s"'=<>`]+/y;

/** Where a match of a sticky expression ends, or -1. */
function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;

function spaceEnd(text: string, at: number): number {
  let end = at;
  while (isSpace(text.charCodeAt(end))) end++;
  return end;
}

/** Where the tag ends that begins at `at`, or -1. It looks no further than the next `<`, but in quotes. */
export function tagEnd(look: Look, at: number): number {
  const { text } = look;
  if (text[at + 1] === '/') {
    const name = matchEnd(NAME, text, at + 2);
    const end = name < 0 ? -1 : spaceEnd(text, name);
    return end >= 0 && text[end] === '>' ? end + 1 : -1;
  }
  let end = matchEnd(NAME, text, at + 1);
  while (end >= 0) {
    const next = spaceEnd(text, end);
    if (text[next] === '>') return next + 1;
    if (text[next] === '/') return text[next + 1] === '>' ? next + 2 : -1;
    end = next > end ? attributeEnd(look, next) : -1;
  }
  return -1;
}

function attributeEnd(look: Look, at: number): number {
  const { text } = look;
  const name = matchEnd(ATTRIBUTE_NAME, text, at);
  if (name < 0) return -1;
  const equals = spaceEnd(text, name);
  if (text[equals] !== '=') return name;
  const value = spaceEnd(text, equals + 1);
  const quote = text[value];
  if (quote !== '"' && quote !== "'") return matchEnd(UNQUOTED, text, value);
  const close = look.next(quote, value + 1);
  return close >= 0 && look.spend(close - value) ? close + 1 : -1;
}

/** The signs that end what begins with others, and how the node is called. */
const ENDED: readonly [start: string, end: string, node: string][] = [
  ['<!--', '-->', 'Comment'],
  ['<?', '?>', 'ProcessingInstruction'],
  ['<![CDATA[', ']]>', 'HTMLTag'],
];
const DECLARATION = /<![a-z]/iy;

export const tagRule: InlineRule = (cx, at) => {
  const { text } = cx;
  for (const [start, end, node] of ENDED) {
    if (!text.startsWith(start, at)) continue;
    // `<!-->` and `<!--->` are whole.
    const from = at + (node === 'Comment' ? 2 : start.length);
    const close = cx.next(end, from);
    return close < 0 ? -1 : cx.add(node, at, close + end.length);
  }
  if (matchEnd(DECLARATION, text, at) >= 0) {
    const close = cx.next('>', at);
    return close < 0 ? -1 : cx.add('HTMLTag', at, close + 1);
  }
  const address = Math.max(matchEnd(ADDRESS, text, at), matchEnd(MAIL, text, at));
  if (address >= 0) {
    return cx.add('Autolink', at, address, [
      cx.node('LinkMark', at, at + 1),
      cx.node('URL', at + 1, address - 1),
      cx.node('LinkMark', address - 1, address),
    ]);
  }
  const end = tagEnd(cx, at);
  return end < 0 ? -1 : cx.add('HTMLTag', at, end);
};

/** `<% … %>`, which Templater fills in. */
export const templateRule: InlineRule = (cx, at) => {
  if (cx.text[at + 1] !== '%') return -1;
  const close = cx.next('%>', at + 2);
  if (close < 0) return -1;
  return cx.add('Template', at, close + 2, [
    cx.node('TemplateMark', at, at + 2),
    cx.node('TemplateMark', close, close + 2),
  ]);
};
