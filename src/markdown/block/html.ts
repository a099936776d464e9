import type { BlockContext, BlockParser, Line } from '@lezer/markdown';
import { closesWithin, lineDepth, nextMatch } from './closed.ts';

/** How HTML blocks begin and end, after CommonMark. */
interface Style {
  start: RegExp;
  /** A blank line ends it, or the text's end, where this is null. */
  end: RegExp | null;
  /** A line that begins it ends a paragraph. */
  breaks: boolean;
  node: string;
}

const style = (start: RegExp, end: RegExp | null, node = 'HTMLBlock'): Style => ({
  start,
  end,
  breaks: true,
  node,
});

const STYLES: Style[] = [
  style(/^<(?:script|pre|style|textarea)(?:\s|>|$)/i, /<\/(?:script|pre|style|textarea)>/gi),
  style(/^<!--/, /-->/g, 'CommentBlock'),
  style(/^<\?/, /\?>/g, 'ProcessingInstructionBlock'),
  style(/^<![A-Z]/i, />/g),
  style(/^<!\[CDATA\[/, /\]\]>/g),
  style(
    /^<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:\s|\/?>|$)/i,
    null,
  ),
  {
    start:
      /^(?:<\/[a-z][a-z\d-]*\s*>|<[a-z][a-z\d-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?>)\s*$/i,
    end: null,
    breaks: false,
    node: 'HTMLBlock',
  },
];
/** Only so much of a line decides what it begins. */
const HEAD = 10_000;

function styleOf(cx: BlockContext, line: Line, breaking: boolean): Style | null {
  if (line.next !== 60) return null;
  const rest = line.text.slice(line.pos, line.pos + HEAD);
  for (const candidate of STYLES) {
    if (breaking && !candidate.breaks) continue;
    if (candidate.start.test(rest) && isClosed(cx, line, candidate)) return candidate;
  }
  return null;
}

const isClosed = (cx: BlockContext, line: Line, { end }: Style): boolean =>
  end === null || closesWithin(cx, line, nextMatch(end, cx.lineStart + line.pos));

/** Whether a line ends the block. */
const ends = (end: RegExp | null, { text, pos }: Line): boolean =>
  end === null ? text.slice(pos).trim() === '' : text.slice(pos).search(end) >= 0;

/** As the stock rule, but that what is not closed hides nothing: it is text. */
export const htmlBlock: BlockParser = {
  name: 'HTMLBlock',
  parse(cx, line) {
    const found = styleOf(cx, line, false);
    if (!found) return false;
    const { end, node } = found;
    const from = cx.lineStart + line.pos;
    const marks = [];
    let trailing = end !== null;
    while (!ends(end, line) && cx.nextLine()) {
      if (lineDepth(line) < cx.depth) {
        trailing = false;
        break;
      }
      for (const mark of line.markers) marks.push(mark);
    }
    if (trailing) cx.nextLine();
    cx.addElement(cx.elt(node, from, cx.prevLineEnd(), marks));
    return true;
  },
  endLeaf: (cx, line) => styleOf(cx, line, true) !== null,
};
