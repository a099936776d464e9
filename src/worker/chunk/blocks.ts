/** What a block of a note is; HTML blocks and indented text count as paragraphs. */
export type BlockKind = 'paragraph' | 'list' | 'table' | 'code' | 'heading';

/** One block of a note. Offsets are UTF-16 code units into the note's text, end exclusive. */
export interface Block {
  kind: BlockKind;
  start: number;
  end: number;
  /** 1 to 6 for a heading, else 0. */
  level: number;
  /** Depth of `>` markers, 0 outside a quote. */
  quote: number;
}

interface OpenBlock extends Block {
  lastLine: number;
  lines: number;
}

/** Only so much of a line decides what it is, so that a line of a megabyte costs nothing. */
const HEAD = 1000;
/** A longer `#` line is prose that happens to begin with a hash. */
const MAX_HEADING = 300;

const QUOTE = /^(?: {0,3}>[ \t]?)+/;
const FENCE = /^[ \t]*(`{3,}(?=[^`]*$)|~{3,})/;
const ATX = /^ {0,3}(#{1,6})(?:[ \t]|\r?$)/;
const SETEXT = /^ {0,3}(?:={2,}|-{2,})\s*$/;
const RULE = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}\r?$/;
const ITEM = /^[ \t]*(?:[-*+]|(\d{1,9})[.)])(?:[ \t]|\r?$)/;
const DELIMITER_ROW = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?\s*$/;
const FRONT_MATTER_KEY = /^[^\s:#>*-][^:\n]{0,100}:(?:\s|$)/;

/**
 * Splits Markdown into blocks, in order and not overlapping; rules, comments, blank lines and
 * front matter are in none of them. Linear in the length of `text`; any text is accepted.
 *
 * A blank line ends every block but a fence. So a loose list is one block an item, and an edit
 * never moves a boundary beyond the block that it is in.
 */
export function parseBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let open: OpenBlock | undefined;
  let commentsClose = true;

  const close = () => {
    if (open) {
      const { kind, start, end, level, quote } = open;
      blocks.push({ kind, start, end, level, quote });
    }
    open = undefined;
  };

  let pos = frontMatterEnd(text);
  while (pos < text.length) {
    const start = pos;
    const { end, next } = lineAt(text, start);
    pos = next;
    const { content, quote } = readLine(text, start, end);

    if (content.trim() === '' && (content.length < HEAD || isBlank(text, start + HEAD, end))) {
      close();
      continue;
    }

    const fence = FENCE.exec(content)?.[1];
    if (fence !== undefined) {
      close();
      pos = fenceEnd(text, next, fence, quote);
      blocks.push({ kind: 'code', start, end: trimEnd(text, start, pos), level: 0, quote });
      continue;
    }

    if (commentsClose && content.trimStart().startsWith('<!--')) {
      const commentEnd = text.indexOf('-->', start);
      if (commentEnd >= 0) {
        close();
        pos = commentEnd + 3;
        continue;
      }
      // Looked for once only, or many unclosed comments would cost a scan each.
      commentsClose = false;
    }

    const hashes = ATX.exec(content)?.[1];
    if (hashes !== undefined && end - start <= MAX_HEADING) {
      close();
      blocks.push({ kind: 'heading', start, end, level: hashes.length, quote });
      continue;
    }

    const continues: boolean = open !== undefined && (quote === open.quote || quote === 0);
    if (open && !continues) close();

    if (SETEXT.test(content) && open?.kind === 'paragraph' && quote === open.quote) {
      // Below several lines it is more likely meant as a rule than as a heading that long.
      if (open.lines === 1 && open.end - open.start <= MAX_HEADING) {
        open.kind = 'heading';
        open.level = content.includes('=') ? 1 : 2;
      }
      close();
      continue;
    }

    if (RULE.test(content)) {
      close();
      continue;
    }

    if (open?.kind === 'paragraph' && content.includes('|') && DELIMITER_ROW.test(content)) {
      const header = open.lastLine;
      if (text.slice(header, open.end).includes('|')) {
        if (open.lines > 1) {
          open.end = trimEnd(text, open.start, header);
          close();
        }
        open = { kind: 'table', start: header, end, level: 0, quote, lastLine: start, lines: 2 };
        continue;
      }
    }

    const item = ITEM.exec(content);
    if (item && open?.kind !== 'list') {
      // As in CommonMark: "1986. A year" in the middle of a paragraph begins no list.
      const interrupts = item[0].length < content.length && (item[1] ?? '1') === '1';
      if (open?.kind !== 'paragraph' || interrupts) {
        close();
        open = { kind: 'list', start, end, level: 0, quote, lastLine: start, lines: 1 };
        continue;
      }
    }

    if (open) {
      open.end = end;
      open.lastLine = start;
      open.lines++;
    } else {
      open = { kind: 'paragraph', start, end, level: 0, quote, lastLine: start, lines: 1 };
    }
  }
  close();
  return blocks;
}

function lineAt(text: string, start: number): { end: number; next: number } {
  const newline = text.indexOf('\n', start);
  if (newline < 0) return { end: text.length, next: text.length };
  return { end: newline, next: newline + 1 };
}

/** The head of a line without its quote markers, and how many of those there were. */
function readLine(text: string, start: number, end: number): { content: string; quote: number } {
  const head = text.slice(start, Math.min(end, start + HEAD));
  const markers = QUOTE.exec(head)?.[0] ?? '';
  return { content: head.slice(markers.length), quote: markers.split('>').length - 1 };
}

function isBlank(text: string, start: number, end: number): boolean {
  return start >= end || text.slice(start, end).trim() === '';
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && text.charCodeAt(at - 1) <= 32) at--;
  return at;
}

/** Offset behind the fence's closing line; the end of the text, or of the quote, if unclosed. */
function fenceEnd(text: string, from: number, fence: string, quote: number): number {
  const closing = new RegExp(`^[ \\t]*${fence[0]}{${fence.length},}\\s*$`);
  let pos = from;
  while (pos < text.length) {
    const { end, next } = lineAt(text, pos);
    const line = readLine(text, pos, end);
    if (quote > 0 && line.quote === 0) return pos;
    const content = quote > 0 ? line.content : text.slice(pos, Math.min(end, pos + HEAD));
    pos = next;
    if (closing.test(content)) return pos;
  }
  return pos;
}

/** Offset behind a front matter block at the very start of `text`, 0 if there is none. */
function frontMatterEnd(text: string): number {
  const opening = /^---[ \t]*\r?\n/.exec(text)?.[0];
  if (opening === undefined) return 0;
  // A note may begin with a rule: only what reads like YAML, from its first line, is skipped.
  const first = lineAt(text, opening.length);
  if (!FRONT_MATTER_KEY.test(text.slice(opening.length, Math.min(first.end, 1000)))) {
    if (!/^---\s*$/.test(text.slice(opening.length, first.end).slice(0, 100))) return 0;
  }
  const closing = /^(?:---|\.\.\.)[ \t]*\r?$/m;
  const rest = text.slice(opening.length, opening.length + 100_000);
  const match = closing.exec(rest);
  if (!match) return 0;
  return opening.length + match.index + match[0].length;
}
