import type {
  BlockContext,
  BlockParser,
  Element,
  LeafBlock,
  LeafBlockParser,
  Line,
} from '@lezer/markdown';

/** `: what it means`, below what it is about. */
const MARK = /^:[ \t]+(?=\S)/;
/** UTF-16 units of the line before: more is rather a paragraph than the name of something. */
const LONGEST_TERM = 200;

/** A term in one line, then its definitions, each from a line with a colon on. */
class DefinitionParser implements LeafBlockParser {
  /** Of each definition: where its colon stands in the leaf. Null until the second line is seen. */
  private marks: number[] | null = null;

  nextLine(_: BlockContext, line: Line, leaf: LeafBlock): boolean {
    const isMark = line.indent < line.baseIndent + 4 && MARK.test(line.text.slice(line.pos));
    if (this.marks === null) this.marks = [];
    else if (this.marks.length === 0) return false;
    if (isMark) this.marks.push(leaf.content.length + 1 + line.pos);
    return false;
  }

  finish(cx: BlockContext, leaf: LeafBlock): boolean {
    const { marks } = this;
    if (!marks || marks.length === 0) return false;
    const { content, start } = leaf;
    const end = content.indexOf('\n');
    const inline = (from: number, to: number): Element[] =>
      cx.parser.parseInline(content.slice(from, to), start + from);
    const children = [cx.elt('DefinitionTerm', start, start + end, inline(0, end))];
    marks.forEach((mark, index) => {
      const next = marks[index + 1];
      const to = next === undefined ? content.length : content.lastIndexOf('\n', next - 1);
      const text = mark + MARK.exec(content.slice(mark, mark + 300))![0].length;
      children.push(
        cx.elt('Definition', start + mark, start + to, [
          cx.elt('DefinitionMark', start + mark, start + mark + 1),
          ...inline(text, to),
        ]),
      );
    });
    cx.addLeafElement(leaf, cx.elt('DefinitionList', start, start + content.length, children));
    return true;
  }
}

export const definitions: BlockParser = {
  name: 'DefinitionList',
  after: 'SetextHeading',
  leaf: (_, leaf) => (leaf.content.length <= LONGEST_TERM ? new DefinitionParser() : null),
};
