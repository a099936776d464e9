import type { NoteDocument } from '../../markdown/document.ts';

/** What a block of a note is; HTML, formulas and indented text count as paragraphs. */
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

/** A longer heading is prose that happens to begin with a hash, or to stand above a rule. */
const MAX_HEADING = 300;

const LEAVES: Record<string, BlockKind> = {
  Paragraph: 'paragraph',
  Task: 'paragraph',
  CalloutTitle: 'paragraph',
  DefinitionList: 'paragraph',
  CodeBlock: 'paragraph',
  HTMLBlock: 'paragraph',
  CommentBlock: 'paragraph',
  MathBlock: 'paragraph',
  TemplateBlock: 'paragraph',
  Table: 'table',
  FencedCode: 'code',
};
const HEADING = /^(?:ATX|Setext)Heading(\d)$/;

/**
 * A note's blocks, in order and not overlapping; rules, remarks, blank lines, definitions and front
 * matter are in none of them. Linear.
 *
 * A blank line ends every block but code. So a loose list is one block an item, and an edit never
 * moves a boundary beyond the block that it is in.
 */
export function blocksOf({ text, tree }: NoteDocument): Block[] {
  const blocks: Block[] = [];
  let lists = 0;
  let quote = 0;
  /** The one that what follows may go on with. */
  let open: Block | null = null;
  let goesOn: 'list' | 'callout' | null = null;

  const add = (name: string, from: number, to: number, level: number): void => {
    const inList = lists > 0;
    const kind = level > 0 ? 'heading' : LEAVES[name]!;
    const end = trimEnd(text, from, to);
    const isText = kind === 'paragraph';
    if (open && isText && open.quote === quote && !blankBetween(text, open.end, from)) {
      if ((goesOn === 'list' && inList) || (goesOn === 'callout' && !inList)) {
        open.end = end;
        goesOn = inList ? 'list' : null;
        return;
      }
    }
    const start = Math.max(text.lastIndexOf('\n', from - 1) + 1, blocks.at(-1)?.end ?? 0);
    open = { kind: isText && inList ? 'list' : kind, start, end, level, quote };
    goesOn = null;
    if (isText && inList) goesOn = 'list';
    else if (name === 'CalloutTitle') goesOn = 'callout';
    blocks.push(open);
  };

  tree.iterate({
    enter({ name, from, to }) {
      if (name === 'BulletList' || name === 'OrderedList') lists++;
      else if (name === 'Blockquote') quote++;
      const level = Number(HEADING.exec(name)?.[1] ?? 0);
      if (level === 0 && !LEAVES[name]) return true;
      const end = trimEnd(text, from, to);
      // In a list it is an item's text.
      const isHeading = level > 0 && lists === 0 && isShort(name, text.slice(from, end));
      add(level > 0 ? 'Paragraph' : name, from, to, isHeading ? level : 0);
      return false;
    },
    leave({ name }) {
      if (name === 'BulletList' || name === 'OrderedList') lists--;
      else if (name === 'Blockquote') quote--;
    },
  });
  return blocks;
}

/** Below several lines a rule is more likely meant as one than as making a heading that long. */
function isShort(name: string, source: string): boolean {
  if (source.length > MAX_HEADING) return false;
  return name.startsWith('ATX') || source.split('\n').length === 2;
}

/** Whether a blank line, which may have signs of a quote, stands between two places. */
function blankBetween(text: string, from: number, to: number): boolean {
  const newline = text.indexOf('\n', from);
  if (newline < 0 || newline >= to) return false;
  const next = text.indexOf('\n', newline + 1);
  return next >= 0 && next < to && /^[\s>]*$/.test(text.slice(newline, next));
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && text.charCodeAt(at - 1) <= 32) at--;
  return at;
}
