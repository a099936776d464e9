/** What a note links to, shows and embeds. */

import type { SyntaxNode } from '@lezer/common';
import { isElsewhere } from '../paths.ts';
import type { NoteDocument } from './document.ts';
import { unescaped } from './entities.ts';
import type { Range } from './grammar.ts';
import { labelEnd, labelKey } from './inline/link-parts.ts';
import { wikiShownEnd } from './wiki-pieces.ts';

export interface Link extends Range {
  /**
   * `wiki`: `[[…]]`; `embed`: `![[…]]`; `link`: `[…](…)`; `image`: `![…](…)`; `address`: one that stands
   * in the text as it is.
   */
  kind: 'wiki' | 'embed' | 'link' | 'image' | 'address';
  /** What it leads to, escapes resolved, without the heading or block. '' for a place in the note. */
  target: string;
  /** Where target, heading and block stand: of a link by label, in its definition. */
  targetRange: Range;
  heading?: string;
  block?: string;
  /** What stands for it in the text, as it is written. Null where nothing does. */
  shownRange: Range | null;
  /** Of `![[picture.png|200x100]]`. */
  width?: number;
  height?: number;
  title?: string;
}

/** What a label leads to. */
export interface Definition extends Range {
  url: Range | null;
  title: Range | null;
}

/** Link definitions that are used, by the keys of their labels. */
export function definitionsOf({ text, tree, definitions }: NoteDocument): Map<string, Definition> {
  const found = new Map<string, Definition>();
  if (definitions.size === 0) return found;
  tree.iterate({
    enter({ name, from, to, node }) {
      if (name !== 'LinkReference') return;
      const key = labelKey(text.slice(from + 1, labelEnd(text, from) - 1));
      if (definitions.get(key)?.from !== from) return;
      found.set(key, { from, to, url: child(node, 'URL'), title: child(node, 'LinkTitle') });
    },
  });
  return found;
}

function child(node: SyntaxNode, name: string): Range | null {
  const found = node.getChild(name);
  return found && { from: found.from, to: found.to };
}

/** All links of a note, in order; those within others too, none within code. */
export function linksOf(doc: NoteDocument): Link[] {
  const { text, tree } = doc;
  const found: Link[] = [];
  const definitions = definitionsOf(doc);
  tree.iterate({
    enter({ name, from, to, node }) {
      if (name === 'WikiLink' || name === 'Embed') {
        found.push(wikiLink(text, node, name === 'Embed' ? 'embed' : 'wiki'));
        return false;
      }
      if (name === 'Link' || name === 'Image') {
        const link = linkOf(text, node, definitions);
        if (link) found.push(link);
      } else if (name === 'URL' && isBare(node)) {
        const range = { from, to };
        const target = bareTarget(text.slice(from, to));
        found.push({ kind: 'address', from, to, target, targetRange: range, shownRange: range });
      }
    },
  });
  return found;
}

/** The parts of `[[target#heading|shown]]`. */
export function wikiLink(text: string, node: SyntaxNode, kind: 'wiki' | 'embed'): Link {
  const { from, to } = node;
  const targetRange = child(node, 'WikiTarget') ?? { from: from + 2, to: from + 2 };
  const written = text.slice(targetRange.from, targetRange.to);
  const shownRange = child(node, 'WikiShown');
  const link: Link = { kind, from, to, ...placeOf(written), targetRange, shownRange };
  if (!shownRange) return link;
  const shown = text.slice(shownRange.from, shownRange.to);
  const end = wikiShownEnd(shown);
  link.shownRange = end === 0 ? null : { from: shownRange.from, to: shownRange.from + end };
  const size = /(\d+)(?:x(\d+))?\s*$/i.exec(shown.slice(end));
  if (kind === 'embed' && size) {
    link.width = Number(size[1]);
    if (size[2] !== undefined) link.height = Number(size[2]);
  }
  return link;
}

export function linkOf(
  text: string,
  node: SyntaxNode,
  definitions: ReadonlyMap<string, Definition>,
): Link | null {
  const { from, to, name } = node;
  const marks = node.getChildren('LinkMark');
  const [open, close] = marks;
  if (!open || !close) return null;
  const shownRange = { from: open.to, to: close.from };
  const kind = name === 'Image' ? 'image' : 'link';
  let url = marks.length > 2 ? tailChild(node, close.to) : null;
  let title = marks.length > 2 ? child(node, 'LinkTitle') : null;
  if (marks.length <= 2) {
    const label = node.getChild('LinkLabel');
    const named = label && label.to - label.from > 2 ? [label.from + 1, label.to - 1] : null;
    const definition = definitions.get(
      labelKey(text.slice(named?.[0] ?? open.to, named?.[1] ?? close.from)),
    );
    if (!definition) return null;
    ({ url, title } = definition);
  }
  const targetRange = url ?? { from: close.to, to: close.to };
  const link: Link = {
    kind,
    from,
    to,
    ...addressOf(text.slice(targetRange.from, targetRange.to)),
    targetRange,
    shownRange,
  };
  if (title) link.title = unescaped(text.slice(title.from + 1, title.to - 1));
  return link;
}

/** The address of an inline link: an address within its text is another. */
function tailChild(node: SyntaxNode, from: number): Range | null {
  const found = node.getChildren('URL').find((url) => url.from >= from);
  return found ? { from: found.from, to: found.to } : null;
}

/** An address that is one as it stands, not that of a link or a definition. */
export function isBare(node: SyntaxNode): boolean {
  const parent = node.parent!;
  if (parent.name === 'LinkReference') return false;
  if (parent.name !== 'Link' && parent.name !== 'Image') return true;
  const close = parent.getChildren('LinkMark')[1];
  return close !== undefined && node.to <= close.from;
}

export function bareTarget(written: string): string {
  if (/^[a-z][a-z\d+.-]*:/i.test(written)) return written;
  return written.includes('@') && !/^www\./i.test(written)
    ? `mailto:${written}`
    : `http://${written}`;
}

/** What a link names, should it be a file: its name may hold a `#`. */
export const addressOfFile = ({ target, heading, block }: Link): string => {
  if (block !== undefined) return `${target}#^${block}`;
  return heading === undefined ? target : `${target}#${heading}`;
};

type Place = Pick<Link, 'target' | 'heading' | 'block'>;

/** `target#heading` or `target#^block`. */
function placeOf(written: string): Place {
  const hash = written.indexOf('#');
  if (hash < 0) return { target: written.trim() };
  const target = written.slice(0, hash).trim();
  const rest = written.slice(hash + 1).trim();
  return rest.startsWith('^') ? { target, block: rest.slice(1) } : { target, heading: rest };
}

/** The destination of a link as it is meant; a path may name a heading. */
function addressOf(written: string): Place {
  const bare = unescaped(written.startsWith('<') ? written.slice(1, -1) : written);
  return isElsewhere(bare) ? { target: bare } : placeOf(bare);
}
