/** Blocks beyond CommonMark: front matter, tasks, callouts, footnotes. */
import type { BlockContext, BlockParser, LeafBlock, LeafBlockParser, Line } from '@lezer/markdown';
import { DEEPEST } from '../limits.ts';
import { reading } from '../reading.ts';

/** Internal to @lezer/markdown: what a container holds so far. */
const childrenOf = (cx: BlockContext): { type: { name: string } }[] =>
  (cx as unknown as { block: { children: { type: { name: string } }[] } }).block.children;

/** Whether nothing but signs stands before, in the container. */
const isFirst = (cx: BlockContext): boolean =>
  childrenOf(cx).every(({ type }) => type.name === 'QuoteMark' || type.name === 'ListMark');

export const frontMatter: BlockParser = {
  name: 'FrontMatter',
  before: 'LinkReference',
  parse(cx) {
    const range = reading().frontMatter;
    if (!range || cx.lineStart > 0) return false;
    const from = reading().text.charCodeAt(0) === 0xfeff ? 1 : 0;
    while (cx.lineStart < range.end && cx.nextLine());
    cx.addElement(cx.elt('FrontMatter', from, range.end));
    return true;
  },
};

/** Any sign may say how a task stands; a digit is rather a number. */
const TASK = /^\[[^\]\d\n]\](?=[ \t\r]|$)/u;

class TaskParser implements LeafBlockParser {
  nextLine(): boolean {
    return false;
  }

  finish(cx: BlockContext, leaf: LeafBlock): boolean {
    const { start, content } = leaf;
    const end = content.indexOf(']') + 1;
    const inline = cx.parser.parseInline(content.slice(end), start + end);
    const children = [cx.elt('TaskMarker', start, start + end), ...inline];
    cx.addLeafElement(leaf, cx.elt('Task', start, start + content.length, children));
    return true;
  }
}

export const task: BlockParser = {
  name: 'TaskList',
  after: 'SetextHeading',
  leaf: (cx, leaf) =>
    leaf.content.startsWith('[') &&
    cx.parentType().name === 'ListItem' &&
    TASK.test(leaf.content) &&
    isFirst(cx)
      ? new TaskParser()
      : null,
};

/** `[!note]- Title`, the first line of a quote. */
const CALLOUT = /^\[!([^\]\n]{1,100})\][+-]?/;

class CalloutParser implements LeafBlockParser {
  private add(cx: BlockContext, leaf: LeafBlock): boolean {
    const { start, content } = leaf;
    const { length } = CALLOUT.exec(content)![0];
    const inline = cx.parser.parseInline(content.slice(length), start + length);
    const children = [cx.elt('CalloutMark', start, start + length), ...inline];
    cx.addLeafElement(leaf, cx.elt('CalloutTitle', start, start + content.length, children));
    return true;
  }

  nextLine(cx: BlockContext, _: Line, leaf: LeafBlock): boolean {
    return this.add(cx, leaf);
  }

  finish(cx: BlockContext, leaf: LeafBlock): boolean {
    return this.add(cx, leaf);
  }
}

export const callout: BlockParser = {
  name: 'Callout',
  before: 'LinkReference',
  leaf: (cx, leaf) =>
    leaf.content.startsWith('[!') &&
    cx.parentType().name === 'Blockquote' &&
    CALLOUT.test(leaf.content) &&
    isFirst(cx)
      ? new CalloutParser()
      : null,
};

const FOOTNOTE = /^\[\^[^\s[\]]{1,200}\]:/;

const footnoteStart = (line: Line): number => {
  if (line.next !== 91 || line.text.charCodeAt(line.pos + 1) !== 94) return 0;
  return FOOTNOTE.exec(line.text.slice(line.pos, line.pos + 300))?.[0].length ?? 0;
};

/** A footnote goes on as far as lines are blank or indented. */
export function footnoteGoesOn(_: BlockContext, line: Line): boolean {
  if (line.next < 0) return true;
  const indent = line.indent - line.baseIndent;
  if (indent < 2) return false;
  line.moveBaseColumn(line.baseIndent + Math.min(4, indent));
  return true;
}

export const footnote: BlockParser = {
  name: 'Footnote',
  before: 'LinkReference',
  parse(cx, line) {
    if (line.indent >= line.baseIndent + 4 || cx.depth > DEEPEST) return false;
    const length = footnoteStart(line);
    if (length === 0) return false;
    const from = cx.lineStart + line.pos;
    cx.startComposite('Footnote', line.pos);
    cx.addElement(cx.elt('FootnoteLabel', from, from + length));
    line.moveBase(line.pos + length);
    return null;
  },
  endLeaf: (_, line) => footnoteStart(line) > 0,
};
