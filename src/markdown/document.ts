import type { Tree } from '@lezer/common';
import { type FrontMatterRange, frontMatterRange } from './front-matter-range.ts';
import { parseTree, type Range } from './grammar.ts';

/** A note as it is read. All places are UTF-16 units of its text, ends exclusive. */
export interface NoteDocument {
  text: string;
  tree: Tree;
  /** Link definitions that are used, by the keys of their labels. */
  definitions: ReadonlyMap<string, Range>;
  /** Footnotes, by the keys of their labels. */
  footnotes: ReadonlyMap<string, Range>;
  frontMatter: FrontMatterRange | null;
}

/**
 * Reads a note. Linear, and any text is accepted.
 *
 * @param upTo about how many UTF-16 units are looked at, to the end of a block
 */
export function parse(text: string, upTo = text.length): NoteDocument {
  return { text, ...parseTree(text, { upTo }), frontMatter: frontMatterRange(text) };
}
