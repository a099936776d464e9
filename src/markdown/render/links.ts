import type { SyntaxNodeRef } from '@lezer/common';
import type { DrawnElement } from '../drawn.ts';
import { bareTarget, isBare, linkOf, wikiLink } from '../links.ts';
import { safeAddress } from '../safe-address.ts';
import type { Pen } from './pen.ts';

/** A link whose address is safe; else what it holds, in a link without an address. */
export function openLink(pen: Pen, node: SyntaxNodeRef): void {
  const link = linkOf(pen.doc.text, node.node, pen.definitions);
  const place = link?.block !== undefined ? `#^${link.block}` : '';
  const heading = link?.heading !== undefined ? `#${link.heading}` : place;
  const href = link && safeAddress(link.target + heading);
  const more: Partial<DrawnElement> = {};
  if (href !== null && href !== undefined) more.href = href;
  if (link?.title !== undefined) more.title = link.title;
  pen.open('a', node, more);
}

/** An image with what is read instead of it; without an address that is safe, only that. */
export function drawImage(pen: Pen, node: SyntaxNodeRef): false {
  const link = linkOf(pen.doc.text, node.node, pen.definitions);
  const alt = pen.readUpTo(node.to);
  const src = link && safeAddress(link.target);
  const more: Partial<DrawnElement> = { alt };
  if (src) more.src = src;
  if (link?.title !== undefined) more.title = link.title;
  pen.leaf('img', node, more);
  return pen.spaceAfter(alt, node);
}

/** One that stands as it is; that of a link is none of the text. */
export function openAddress(pen: Pen, node: SyntaxNodeRef): boolean {
  if (!isBare(node.node)) return false;
  const inLink = pen.frames.some(({ element: { name } }) => name === 'a');
  const href = inLink ? null : safeAddress(bareTarget(pen.doc.text.slice(node.from, node.to)));
  if (href !== null) pen.open('a', node, { href });
  return true;
}

/** A `[[link]]` or an `![[embed]]`, which is drawn by whoever knows the notes. */
export function drawWikiLink(pen: Pen, node: SyntaxNodeRef): false {
  const { text } = pen.doc;
  const isEmbed = node.name === 'Embed';
  const link = wikiLink(text, node.node, isEmbed ? 'embed' : 'wiki');
  const { target, heading, block, width, height } = link;
  const read = pen.readUpTo(node.to);
  pen.leaf(isEmbed ? 'embed' : 'wiki', node, {
    target,
    ...(heading === undefined ? {} : { heading }),
    ...(block === undefined ? {} : { block }),
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    children: read === '' ? [] : [read],
  });
  return pen.spaceAfter(read, node);
}
