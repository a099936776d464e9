/** Headings and blocks of a note as links name them. */
import type { NoteDocument } from './document.ts';
import type { Range } from './grammar.ts';
import { type Heading, headingsOf } from './headings.ts';
import { plainText } from './plain-text.ts';

/** Headings are named in links as they are written, or in lower case with hyphens. */
export const headingKey = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** Some programs drop signs without a hyphen: `What’s new` is `whats-new`. */
const tightKey = (text: string): string => headingKey(text).replaceAll('-', '');

export interface Block extends Range {
  /** Without `^`. */
  id: string;
}

/**
 * Where a link leads in a note: a heading (`A`, `A#B` for B below A) or a block (`^id`).
 *
 * @returns the lines of the heading or the block; null where there is none
 */
export function placeIn(doc: NoteDocument, place: string): Range | null {
  const named = place.trim();
  if (named === '') return null;
  if (named.startsWith('^')) {
    const id = named.slice(1).trim().toLowerCase();
    return blocksOf(doc).find((block) => block.id.toLowerCase() === id) ?? null;
  }
  const headings = headingsOf(doc);
  const parts = named.split('#').filter((part) => part.trim() !== '');
  return (
    headingNamed(headings, named) ??
    headingBelow(headings, parts) ??
    (parts.length > 1 ? headingNamed(headings, parts.at(-1)!) : null)
  );
}

function headingNamed(headings: readonly Heading[], name: string): Heading | null {
  const key = headingKey(name);
  if (key === '') return headings.find(({ text }) => text === name.trim()) ?? null;
  const tight = tightKey(name);
  return (
    headings.find(({ text }) => headingKey(text) === key) ??
    headings.find(({ text }) => tightKey(text) === tight) ??
    null
  );
}

/** Each part below the one before. */
function headingBelow(headings: readonly Heading[], parts: readonly string[]): Heading | null {
  const [first, ...rest] = parts;
  if (first === undefined) return null;
  const key = headingKey(first);
  for (let i = 0; i < headings.length; i++) {
    const heading = headings[i]!;
    if (headingKey(heading.text) !== key) continue;
    if (rest.length === 0) return heading;
    let end = i + 1;
    while (end < headings.length && headings[end]!.level > heading.level) end++;
    const found = headingBelow(headings.slice(i + 1, end), rest);
    if (found) return found;
  }
  return null;
}

/** All blocks with an id, in order. An id that stands alone is that of the block before. */
export function blocksOf(doc: NoteDocument): Block[] {
  const { text, tree } = doc;
  const found: Block[] = [];
  tree.iterate({
    enter({ name, from, to, node }) {
      if (name !== 'BlockId') return;
      const parent = node.parent!;
      const alone = text.slice(parent.from, from).trim() === '';
      const before = alone ? parent.prevSibling : null;
      const block = before ?? (parent.parent?.name === 'ListItem' ? parent.parent : parent);
      found.push({ id: text.slice(from + 1, to), from: block.from, to: block.to });
    },
  });
  return found;
}

/** A block's words, to be chosen by; cut off after so many UTF-16 units. */
export function blockWords(doc: NoteDocument, { from, to }: Range, most: number): string {
  const words = plainText(doc, from, to).text.replace(/\s+/g, ' ').trim();
  return words.length > most ? `${words.slice(0, most).trimEnd()}…` : words;
}
