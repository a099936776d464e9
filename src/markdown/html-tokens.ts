/** HTML in a note, taken apart: tags, what is hidden, entities, text. */

import { MACHINE_TAGS } from './html-names.ts';
import { Look } from './inline/look.ts';
import { tagEnd } from './inline/tag.ts';

export interface HtmlToken {
  kind: 'text' | 'entity' | 'tag' | 'comment' | 'machine';
  from: number;
  to: number;
}

const ENTITY = /&(?:#\d{1,7}|#x[a-f\d]{1,6}|[a-z][a-z\d]{0,40});/iy;
const NAME = /^<\/?([a-z][\w-]*)/i;
/** Signs that end what others begin, and what is between. */
const ENDED: readonly [start: string, end: string, kind: 'comment' | 'machine'][] = [
  ['<!--', '-->', 'comment'],
  ['<?', '?>', 'machine'],
  ['<![CDATA[', ']]>', 'machine'],
  ['<!', '>', 'machine'],
];

/** The name of a tag, in lower case; '' for what is none. */
export const tagName = (tag: string): string => NAME.exec(tag)?.[1]?.toLowerCase() ?? '';

/** In order, without a gap; places are those of the whole source. Linear. */
export function* htmlTokens(source: string, from: number, to: number): Generator<HtmlToken> {
  const look = new Look(source.slice(from, to));
  const { text } = look;
  let written = 0;
  for (let at = 0; at < text.length; ) {
    const next = text.slice(at).search(/[<&]/);
    if (next < 0) break;
    at += next;
    const tokens = text[at] === '&' ? entityAt(text, at) : angleAt(look, at);
    if (tokens.length === 0) {
      at++;
      continue;
    }
    if (at > written) yield { kind: 'text', from: from + written, to: from + at };
    for (const token of tokens) {
      yield { kind: token.kind, from: from + token.from, to: from + token.to };
      at = token.to;
    }
    written = at;
  }
  if (written < text.length) yield { kind: 'text', from: from + written, to };
}

function entityAt(text: string, at: number): HtmlToken[] {
  ENTITY.lastIndex = at;
  return ENTITY.test(text) ? [{ kind: 'entity', from: at, to: ENTITY.lastIndex }] : [];
}

/** What `<` begins: a tag, and with that of a script all that it holds. */
function angleAt(look: Look, at: number): HtmlToken[] {
  const { text } = look;
  for (const [start, sign, kind] of ENDED) {
    if (!text.startsWith(start, at)) continue;
    const close = look.next(sign, at + 2);
    return close < 0 ? [] : [{ kind, from: at, to: close + sign.length }];
  }
  const end = tagEnd(look, at);
  if (end < 0) return [];
  const tokens: HtmlToken[] = [{ kind: 'tag', from: at, to: end }];
  const name = tagName(text.slice(at, end));
  if (!MACHINE_TAGS.has(name) || text[at + 1] === '/') return tokens;
  const close = look.next(`</${name}`, end);
  if (close > end) tokens.push({ kind: 'machine', from: end, to: close });
  return tokens;
}
