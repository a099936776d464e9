import type { BlockContext, BlockParser, Line } from '@lezer/markdown';
import { reading } from '../reading.ts';
import { closesWithin, lineDepth, nextSign } from './closed.ts';

/** What stands between two signs over several lines. Within one line it is read with the text. */
interface Signed {
  open: string;
  close: string;
  node: string;
  mark: string;
  /** Nothing may follow in the line of the closing sign. */
  alone: boolean;
}

const SIGNED: Signed[] = [
  { open: '%%', close: '%%', node: 'RemarkBlock', mark: 'RemarkMark', alone: false },
  { open: '$$', close: '$$', node: 'MathBlock', mark: 'MathMark', alone: true },
  { open: '<%', close: '%>', node: 'TemplateBlock', mark: 'TemplateMark', alone: false },
];
const FIRST = new Set(SIGNED.map(({ open }) => open.charCodeAt(0)));

/** What a line begins that another one ends, and where. */
function signedAt(cx: BlockContext, line: Line): { signed: Signed; close: number } | null {
  if (!FIRST.has(line.next)) return null;
  const signed = SIGNED.find(({ open }) => line.text.startsWith(open, line.pos));
  if (!signed) return null;
  const close = nextSign(signed.close, cx.lineStart + line.pos + 2);
  if (close < cx.lineStart + line.text.length || !closesWithin(cx, line, close)) return null;
  const { text } = reading();
  if (signed.alone) {
    const newline = text.indexOf('\n', close);
    const rest = text.slice(close + 2, newline < 0 ? text.length : newline);
    if (rest.trim() !== '') return null;
  }
  return { signed, close };
}

export const signedBlocks: BlockParser = {
  name: 'Signed',
  before: 'IndentedCode',
  parse(cx, line) {
    if (line.indent >= line.baseIndent + 4) return false;
    const found = signedAt(cx, line);
    if (!found) return false;
    const { signed, close } = found;
    const from = cx.lineStart + line.pos;
    const children = [cx.elt(signed.mark, from, from + 2)];
    while (cx.nextLine()) {
      if (lineDepth(line) < cx.depth) break;
      for (const mark of line.markers) children.push(mark);
      if (cx.lineStart + line.text.length < close) continue;
      children.push(cx.elt(signed.mark, close, close + 2));
      cx.nextLine();
      break;
    }
    cx.addElement(cx.elt(signed.node, from, cx.prevLineEnd(), children));
    return true;
  },
  endLeaf: (cx, line) => signedAt(cx, line) !== null,
};
