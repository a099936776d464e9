import type {
  BlockContext,
  BlockParser,
  Element,
  LeafBlock,
  LeafBlockParser,
  Line,
} from '@lezer/markdown';

/** GitHub's tables, as the stock rule, but that its expression for the second row is quadratic. */

/** How many cells the row under a table's head has; 0 for a line that is none. Linear. */
export function delimiterCells(line: string): number {
  let cells = 0;
  let inCell = false;
  let pipes = 0;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at];
    if (sign === '|') {
      if (at > 0 && !inCell && pipes > 0) return 0;
      pipes++;
      inCell = false;
    } else if (sign === '-' || sign === ':') {
      const end = cellEnd(line, at);
      if (end < 0 || inCell) return 0;
      cells++;
      inCell = true;
      at = end - 1;
    } else if (sign !== ' ' && sign !== '\t' && sign !== '\r') return 0;
  }
  return pipes > 0 ? cells : 0;
}

/** `:--:` from a place on; -1 for what is no such thing. */
function cellEnd(line: string, from: number): number {
  let at = line[from] === ':' ? from + 1 : from;
  const dashes = at;
  while (line[at] === '-') at++;
  if (at === dashes) return -1;
  return line[at] === ':' ? at + 1 : at;
}

/** The cells of a row from a place on, as ranges within the line, and its bars. */
function rowOf(line: string, from: number): { cells: [number, number][]; bars: number[] } {
  const cells: [number, number][] = [];
  const bars: number[] = [];
  let start = -1;
  let end = -1;
  let isFirst = true;
  const flush = (): void => {
    if (start >= 0) cells.push([start, end]);
    else if (!isFirst) cells.push([-1, -1]);
  };
  for (let at = from; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === 124) {
      flush();
      bars.push(at);
      isFirst = false;
      start = -1;
    } else if (code !== 32 && code !== 9 && code !== 13) {
      if (start < 0) start = at;
      if (code === 92 && at + 1 < line.length) at++;
      end = at + 1;
    }
  }
  if (start >= 0) cells.push([start, end]);
  return { cells, bars };
}

const hasBar = (line: string, from: number): boolean => line.indexOf('|', from) >= 0;

class TableParser implements LeafBlockParser {
  /** Null until the second line is seen; false where this is no table. */
  private rows: Element[] | null | false = null;

  nextLine(cx: BlockContext, line: Line, leaf: LeafBlock): boolean {
    if (this.rows === null) {
      this.rows = false;
      const cells = /[-:|]/.test(line.text[line.pos] ?? '')
        ? delimiterCells(line.text.slice(line.pos))
        : 0;
      if (cells === 0 || rowOf(leaf.content, 0).cells.length !== cells) return false;
      const end = leaf.start + leaf.content.length;
      this.rows = [
        cx.elt('TableHeader', leaf.start, end, row(cx, leaf.content, 0, leaf.start)),
        cx.elt('TableDelimiter', cx.lineStart + line.pos, cx.lineStart + line.text.length),
      ];
    } else if (this.rows) {
      const from = cx.lineStart + line.pos;
      const children = row(cx, line.text, line.pos, cx.lineStart);
      this.rows.push(cx.elt('TableRow', from, cx.lineStart + line.text.length, children));
    }
    return false;
  }

  finish(cx: BlockContext, leaf: LeafBlock): boolean {
    if (!this.rows) return false;
    const end = leaf.start + leaf.content.length;
    cx.addLeafElement(leaf, cx.elt('Table', leaf.start, end, this.rows));
    return true;
  }
}

function row(cx: BlockContext, line: string, from: number, offset: number): Element[] {
  const { cells, bars } = rowOf(line, from);
  const nodes: Element[] = [];
  let next = 0;
  for (const [start, end] of cells) {
    if (start < 0) continue;
    for (; next < bars.length && bars[next]! < start; next++)
      nodes.push(bar(cx, bars[next]!, offset));
    const inline = cx.parser.parseInline(line.slice(start, end), offset + start);
    nodes.push(cx.elt('TableCell', offset + start, offset + end, inline));
  }
  for (; next < bars.length; next++) nodes.push(bar(cx, bars[next]!, offset));
  return nodes;
}

const bar = (cx: BlockContext, at: number, offset: number): Element =>
  cx.elt('TableDelimiter', offset + at, offset + at + 1);

export const table: BlockParser = {
  name: 'Table',
  before: 'SetextHeading',
  leaf: (_, leaf) => (hasBar(leaf.content, 0) ? new TableParser() : null),
  endLeaf(cx, line, leaf) {
    if (leaf.parsers.some((parser) => parser instanceof TableParser)) return false;
    if (!hasBar(line.text, line.basePos)) return false;
    const cells = delimiterCells(cx.peekLine().replace(/^[ \t>]+/, ''));
    return cells > 0 && rowOf(line.text, line.basePos).cells.length === cells;
  },
};
