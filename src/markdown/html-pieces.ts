/** HTML in a note, as it is read: its tags are signs, its text is text. */
import { decodeEntity } from './entities.ts';
import { BLOCK_TAGS, CELL_TAGS, HTML_TAGS, MACHINE_TAGS } from './html-names.ts';
import { Look } from './inline/look.ts';
import { tagEnd } from './inline/tag.ts';
import type { PieceWriter } from './piece-writer.ts';

const NAME = /^<\/?([a-z][\w-]*)/i;
const ALT = /\salt=(?:"([^"]*)"|'([^']*)')/i;
const ENTITY = /&(?:#\d{1,7}|#x[a-f\d]{1,6}|[a-z][a-z\d]{0,40});/iy;
/** Signs that end what others begin, and what is between. */
const ENDED: readonly [start: string, end: string, what: 'comment' | 'machine'][] = [
  ['<!--', '-->', 'comment'],
  ['<?', '?>', 'machine'],
  ['<![CDATA[', ']]>', 'machine'],
  ['<!', '>', 'machine'],
];

/** Whether a tag is one of HTML's, or an element of somebody's own: `Vec<T>` is text. */
export function isTag(source: string, isBlock: boolean): boolean {
  const name = NAME.exec(source)?.[1]?.toLowerCase();
  if (!name) return false;
  return isBlock || HTML_TAGS.has(name) || name.includes('-') || source.includes('=');
}

/** The tag that ends at `to`. */
export function writeTag(out: PieceWriter, to: number, isBlock: boolean): void {
  const { at } = out;
  const tag = out.source.slice(at, to);
  if (tag.startsWith('<!')) {
    out.hidden(to, 'machine');
    return;
  }
  if (!isTag(tag, isBlock)) {
    out.text(to, ' ');
    return;
  }
  const name = NAME.exec(tag)![1]!.toLowerCase();
  const alt = name === 'img' ? ALT.exec(tag) : null;
  const said = alt?.[1] ?? alt?.[2] ?? '';
  if (alt && said !== '') {
    const end = at + alt.index + alt[0].length - 1;
    out.sign(end - said.length);
    out.text(end, ' ');
  }
  out.sign(to);
  if (BLOCK_TAGS.has(name)) out.separate('\n');
  else if (CELL_TAGS.has(name)) out.separate('\t');
}

/** All HTML up to `to`. */
export function writeHtml(out: PieceWriter, to: number): void {
  const from = out.at;
  const look = new Look(out.source.slice(from, to));
  const { text } = look;
  for (let at = 0; at < text.length; ) {
    const next = text.slice(at).search(/[<&]/);
    if (next < 0) break;
    at += next;
    out.text(from + at, ' ');
    const end = text[at] === '&' ? writeEntity(out, text, at) : writeAngle(out, look, at, from);
    at = end;
  }
  out.text(to, ' ');
}

function writeEntity(out: PieceWriter, text: string, at: number): number {
  ENTITY.lastIndex = at;
  const source = ENTITY.exec(text)?.[0];
  if (!source) return at + 1;
  out.replaced(out.at + source.length, decodeEntity(source));
  return at + source.length;
}

/** @returns where what `<` begins at `at` ends */
function writeAngle(out: PieceWriter, look: Look, at: number, from: number): number {
  const { text } = look;
  for (const [start, sign, what] of ENDED) {
    if (!text.startsWith(start, at)) continue;
    const close = look.next(sign, at + 2);
    if (close < 0) return at + 1;
    out.hidden(from + close + sign.length, what);
    return close + sign.length;
  }
  const end = tagEnd(look, at);
  if (end < 0) return at + 1;
  const tag = text.slice(at, end);
  writeTag(out, from + end, true);
  const name = NAME.exec(tag)?.[1]?.toLowerCase();
  if (!name || !MACHINE_TAGS.has(name) || tag.startsWith('</')) return end;
  const close = look.next(`</${name}`, end);
  if (close < 0) return end;
  out.hidden(from + close, 'machine');
  return close;
}
