import type { Tree } from '@lezer/common';
import {
  type BlockContext,
  type BlockParser,
  type LeafBlock,
  type LeafBlockParser,
  type Line,
  type MarkdownConfig,
  type MarkdownExtension,
  type MarkdownParser,
  parser,
} from '@lezer/markdown';
import { definitions } from './block/definitions.ts';
import { htmlBlock } from './block/html.ts';
import { callout, footnote, footnoteGoesOn, frontMatter, task } from './block/notes.ts';
import { signedBlocks } from './block/signed.ts';
import { table } from './block/table.ts';
import { frontMatterRange } from './front-matter-range.ts';
import type { InlineRules } from './inline/inlines.ts';
import { labelEnd, labelKey } from './inline/link-parts.ts';
import { COMMON_RULES, NOTE_RULES, readInline } from './inline/read-inline.ts';
import { DEEPEST, isTooMuch, LONGEST_DEFINITION } from './limits.ts';
import { blankReading, type Reading, reading, reads } from './reading.ts';

/** Internal to @lezer/markdown, whose version is pinned for it. */
interface Inside {
  blockNames: string[];
  blockParsers: (((cx: BlockContext, line: Line) => boolean | null) | undefined)[];
  leafBlockParsers: (((cx: BlockContext, leaf: LeafBlock) => LeafBlockParser | null) | undefined)[];
  endLeafBlock: ((cx: BlockContext, line: Line, leaf: LeafBlock) => boolean)[];
}

const inside = (of: MarkdownParser): Inside => of as unknown as Inside;
const CONTAINERS = ['Blockquote', 'BulletList', 'OrderedList'];
/** Which of the stock ends of a paragraph is an HTML block's. */
const HTML_END = 6;

const BLOCKS =
  `RemarkBlock MathBlock TemplateBlock FrontMatter Task CalloutTitle DefinitionList DefinitionTerm
  Definition`.split(/\s+/);
const NODES =
  `Table TableHeader TableRow TableCell TableDelimiter TaskMarker CalloutMark FootnoteLabel
  RemarkMark MathMark TemplateMark WikiMark WikiTarget WikiShown FootnoteMark PropertyKey PropertyMark
  StrikethroughMark HighlightMark Strikethrough Highlight WikiLink Embed Hashtag Math Template
  FootnoteReference InlineFootnote BlockId DefinitionMark`.split(/\s+/);

/** CommonMark to the letter, for holding the rest against it. */
const commonMark = own(parser.configure({ defineNodes: [] }), COMMON_RULES);

const NOTES: MarkdownConfig = {
  defineNodes: [
    ...BLOCKS.map((name) => ({ name, block: true })),
    ...NODES,
    { name: 'Footnote', block: true, composite: footnoteGoesOn },
  ],
  parseBlock: [
    htmlBlock,
    footnote,
    callout,
    frontMatter,
    signedBlocks,
    table,
    task,
    definitions,
  ] satisfies BlockParser[],
};

/** A parser of Lezer's, with what notes are written in. Only within `reads` does it know the text. */
export const forNotes = (base: MarkdownParser, more: MarkdownExtension = {}): MarkdownParser =>
  own(base.configure([NOTES, more]), NOTE_RULES);

const notes = forNotes(parser);

/** Makes a parser, fresh from `configure`, read inlines by our rules and keep to the limits. */
function own(of: MarkdownParser, rules: InlineRules): MarkdownParser {
  of.parseInline = (text, offset) =>
    reading().blocksOnly || isTooMuch(text) ? [] : readInline(of, rules, text, offset);
  const { blockNames, blockParsers, leafBlockParsers, endLeafBlock } = inside(of);
  for (const name of CONTAINERS) {
    const at = blockNames.indexOf(name);
    const parse = blockParsers[at];
    if (!parse) throw new Error(`the parser has no ${name}`);
    blockParsers[at] = (cx, line) => (cx.depth > DEEPEST ? false : parse(cx, line));
  }
  if (rules === NOTE_RULES) endLeafBlock.splice(HTML_END, 1);
  const at = blockNames.indexOf('LinkReference');
  const begin = leafBlockParsers[at];
  if (!begin) throw new Error('the parser has no LinkReference');
  leafBlockParsers[at] = (cx, leaf) => {
    const definition = begin(cx, leaf);
    return definition && bounded(definition, of);
  };
  return of;
}

/** Reads no more lines into a link definition than one may have; one that nothing uses is text. */
function bounded(definition: LeafBlockParser, of: MarkdownParser): LeafBlockParser {
  const isShort = (leaf: LeafBlock): boolean => leaf.content.length <= LONGEST_DEFINITION;
  return {
    nextLine: (cx, line, leaf) =>
      isShort(leaf) && definition.nextLine(usedOnly(cx, of), line, leaf),
    finish: (cx, leaf) => isShort(leaf) && definition.finish(usedOnly(cx, of), leaf),
  };
}

const stricterOf = new WeakMap<BlockContext, BlockContext>();

/** Where it is known which labels are used: a context that adds other definitions as paragraphs. */
function usedOnly(cx: BlockContext, of: MarkdownParser): BlockContext {
  const { isUsed } = reading();
  if (!isUsed) return cx;
  const known = stricterOf.get(cx);
  if (known) return known;
  const stricter: BlockContext = Object.create(cx);
  stricterOf.set(cx, stricter);
  stricter.addLeafElement = (leaf, element) => {
    const { content, start } = leaf;
    if (isUsed(labelKey(content.slice(1, labelEnd(content, 0) - 1)))) {
      cx.addLeafElement(leaf, element);
      return;
    }
    const inline = of.parseInline(content.slice(0, element.to - start), start);
    cx.addLeafElement(leaf, cx.elt('Paragraph', element.from, element.to, inline));
  };
  return stricter;
}

/** Where a note may define a link or a footnote: `[label]:` at a line's start, in containers too. */
const MAY_DEFINE = /^[ \t>*+\d.)-]{0,200}\[[^\]]/m;

export interface Range {
  from: number;
  to: number;
}

export interface Parsed {
  tree: Tree;
  /** Link definitions by the keys of their labels. The first of a label counts. */
  definitions: ReadonlyMap<string, Range>;
  /** Footnotes likewise. */
  footnotes: ReadonlyMap<string, Range>;
}

export interface ParseOptions {
  /** By that specification alone. */
  commonMark?: boolean;
  /**
   * About how many UTF-16 units of the text are read, to the end of a block; what closes a sign is
   * looked for in all of it.
   */
  upTo?: number;
}

/** Reads a note. */
export function parseTree(text: string, options: ParseOptions = {}): Parsed {
  const { commonMark: strict = false, upTo = text.length } = options;
  const grammar = strict ? commonMark : notes;
  const known = blankReading(text);
  if (!strict) known.frontMatter = frontMatterRange(text);
  // A byte order mark is no text.
  const input = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  const parse = (more: Partial<Reading>): Tree =>
    reads({ ...known, ...more }, () => readTo(grammar, input, upTo));
  const definitions = new Map<string, Range>();
  const footnotes = new Map<string, Range>();
  if (!text.includes(']:') || !MAY_DEFINE.test(text))
    return { tree: parse({}), definitions, footnotes };
  collect(parse({ blocksOnly: true }), text, definitions, footnotes);
  const used = new Set<string>();
  const tree = parse({
    defined: new Set(definitions.keys()),
    footnotes: new Set(footnotes.keys()),
    use: (key) => used.add(key),
  });
  if (strict || used.size === definitions.size) return { tree, definitions, footnotes };
  for (const key of definitions.keys()) if (!used.has(key)) definitions.delete(key);
  const withUsed = parse({
    defined: used,
    footnotes: new Set(footnotes.keys()),
    isUsed: (key) => used.has(key),
  });
  return { tree: withUsed, definitions, footnotes };
}

function readTo(grammar: MarkdownParser, input: string, upTo: number): Tree {
  const parse = grammar.startParse(input);
  if (upTo < input.length) parse.stopAt(upTo);
  for (;;) {
    const tree = parse.advance();
    if (tree) return tree;
  }
}

function collect(
  tree: Tree,
  text: string,
  definitions: Map<string, Range>,
  footnotes: Map<string, Range>,
): void {
  const add = (to: Map<string, Range>, label: string, range: Range): void => {
    const key = labelKey(label);
    if (key && !to.has(key)) to.set(key, range);
  };
  tree.iterate({
    enter({ name, from, to, node }) {
      if (name === 'LinkReference') {
        const label = text.slice(from + 1, labelEnd(text, from) - 1);
        add(definitions, label, { from, to });
      } else if (name === 'Footnote') {
        const label = node.firstChild;
        if (label?.name === 'FootnoteLabel') {
          add(footnotes, text.slice(label.from + 2, label.to - 2), { from, to });
        }
      }
    },
  });
}
