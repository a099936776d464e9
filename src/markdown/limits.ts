import type {
  BlockContext,
  LeafBlock,
  LeafBlockParser,
  Line,
  MarkdownParser,
} from '@lezer/markdown';

/**
 * What would take a parser too long is shown plain: decided by counting, before the parser sees it.
 * People do not write so; pasted data and hostile files do.
 */

/**
 * UTF-16 units of one block's text (a paragraph, an item, a quote, a cell, however many lines). Some
 * of the parser's rules look from each sign to the end of the block.
 */
export const LONGEST_BLOCK = 50_000;
/** Signs of one block that may open or close something: each may be compared with each. */
export const MOST_SIGNS = 2_000;
/** Quotes and lists within one another. */
export const DEEPEST = 60;

const SIGNS = new Set('*_~=[]!<>`$%&\\#'.split('').map((sign) => sign.charCodeAt(0)));

/** Whether a block's text is left unread. Linear, and ends early. */
export function isTooMuch(text: string): boolean {
  if (text.length > LONGEST_BLOCK) return true;
  if (text.length < MOST_SIGNS) return false;
  let signs = 0;
  for (let i = 0; i < text.length; i++) {
    if (SIGNS.has(text.charCodeAt(i)) && ++signs > MOST_SIGNS) return true;
  }
  return false;
}

/** Internal to @lezer/markdown, whose version is pinned for it. */
interface Inside {
  blockNames: string[];
  blockParsers: (((cx: BlockContext, line: Line) => boolean | null) | undefined)[];
  leafBlockParsers: (((cx: BlockContext, leaf: LeafBlock) => LeafBlockParser | null) | undefined)[];
}

/** UTF-16 units of what may still become a link definition: its title is read anew with each line. */
const LONGEST_DEFINITION = 2_000;

const CONTAINERS = ['Blockquote', 'BulletList', 'OrderedList'];

/** Holds a parser, fresh from `configure`, to the limits. @returns the same */
export function limited(parser: MarkdownParser): MarkdownParser {
  const { parseInline } = parser;
  parser.parseInline = (text, offset) =>
    isTooMuch(text) ? [] : parseInline.call(parser, text, offset);
  const { blockNames, blockParsers, leafBlockParsers } = parser as unknown as Inside;
  for (const name of CONTAINERS) {
    const at = blockNames.indexOf(name);
    const parse = blockParsers[at];
    if (!parse) throw new Error(`the parser has no ${name}`);
    blockParsers[at] = (cx, line) => (cx.depth > DEEPEST ? false : parse(cx, line));
  }
  const at = blockNames.indexOf('LinkReference');
  const begin = leafBlockParsers[at];
  if (!begin) throw new Error('the parser has no LinkReference');
  leafBlockParsers[at] = (cx, leaf) => {
    const definition = begin(cx, leaf);
    if (!definition) return null;
    const tooLong = (): boolean => leaf.content.length > LONGEST_DEFINITION;
    return {
      nextLine: (...of) => !tooLong() && definition.nextLine(...of),
      finish: (...of) => !tooLong() && definition.finish(...of),
    };
  };
  return parser;
}
