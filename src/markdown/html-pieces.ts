/** HTML in a note, as it is read: its tags are signs, its text is text. */
import { decodeEntity } from './entities.ts';
import { BLOCK_TAGS, CELL_TAGS, HTML_TAGS } from './html-names.ts';
import { htmlTokens, tagName } from './html-tokens.ts';
import type { PieceWriter } from './piece-writer.ts';

const ALT = /\salt=(?:"([^"]*)"|'([^']*)')/i;

/** Whether a tag is one of HTML's, or an element of somebody's own: `Vec<T>` is text. */
export function isTag(source: string, isBlock: boolean): boolean {
  const name = tagName(source);
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
  const name = tagName(tag);
  const alt = name === 'img' ? ALT.exec(tag) : null;
  const said = alt?.[1] ?? alt?.[2] ?? '';
  if (alt && said !== '') {
    const end = at + alt.index + alt[0].length - 1;
    out.sign(end - said.length);
    for (const token of htmlTokens(out.source, end - said.length, end)) {
      if (token.kind === 'entity') writeEntity(out, token.to);
      else out.text(token.to, ' ');
    }
  }
  out.sign(to);
  if (BLOCK_TAGS.has(name)) out.separate('\n');
  else if (CELL_TAGS.has(name)) out.separate('\t');
}

/** All HTML up to `to`. */
export function writeHtml(out: PieceWriter, to: number): void {
  for (const token of htmlTokens(out.source, out.at, to)) {
    if (token.kind === 'text') out.text(token.to, ' ');
    else if (token.kind === 'tag') writeTag(out, token.to, true);
    else if (token.kind === 'entity') writeEntity(out, token.to);
    else out.hidden(token.to, token.kind);
  }
}

const writeEntity = (out: PieceWriter, to: number): void =>
  out.replaced(to, decodeEntity(out.source.slice(out.at, to)));
