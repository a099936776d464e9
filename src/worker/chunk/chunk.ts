import { type NoteDocument, parse } from '../../markdown/document.ts';
import { type Block, blocksOf } from './blocks';
import { capPart, contextOf, shorten, tailOf } from './context';
import { mask, render } from './mask';
import { plainCase } from './plain-case';
import { type Measure, type Piece, splitBlock } from './split';
import { type CountTokens, sliceEnd } from './token-counter';

export type { CountTokens } from './token-counter';

/** Changes whenever the same note would give other passages, so that stored ones are redone. */
export const CHUNKER_VERSION = 4;

/** One passage of a note; what a result shows of it is `text.slice(start, end)`. */
export interface Passage {
  /**
   * Headings above the passage, outermost first, without markup, each at most 300 UTF-16 code
   * units. A heading that is itself the passage is not among them.
   */
  headings: string[];
  /**
   * Range in the note's text, UTF-16 code units, end exclusive, without whitespace at its ends.
   * Markup is inside, the overlap is not. Empty (0, 0) for a note that is only a title.
   */
  start: number;
  end: number;
  /**
   * Exactly what is embedded: title and headings, the overlap, the passage's text; without
   * markup, whitespace collapsed, what is all in capitals in lower case (`plainCase`). Never
   * empty, never above the window.
   */
  embedText: string;
}

export interface ChunkOptions {
  /** Tokens that an `embedText` may have; at least 16. */
  window: number;
  /** Only ever given words, or text that is expected to fit the window. */
  countTokens: CountTokens;
}

/** Share of the model's window that title and headings may take. */
const CONTEXT_SHARE = 1 / 4;
/** Least window of a model, tokens; a smaller one is a RangeError. */
const MIN_WINDOW = 16;
/** Words are estimated in slices of this many UTF-16 code units. */
const WORD_SLICE = 64;
/** Levels of headings inside a quote: below all others, gone with the quote. */
const QUOTED = 6;

/**
 * Splits a Markdown note into passages, in order, their ranges not overlapping. Together they
 * cover all text but headings with something under them, rules, comments, bare markup, link
 * definitions and front matter. A heading with nothing under it is a passage of its own.
 *
 * One block is one passage, with the last words of the block before it under the same heading in
 * front where they fit. So an edit of a block that fits the window changes that passage and the
 * next, no others. A block that does not fit is split as `splitBlock` says.
 *
 * The same arguments always give the same passages. The time is about linear in the text.
 *
 * @param title the note's title, may be empty
 * @param text the note's Markdown, any string
 * @returns [] only if there is neither a title nor any text
 * @throws RangeError if the window is below 16 tokens; what `countTokens` throws is passed on
 */
export function chunk(title: string, text: string, opts: ChunkOptions): Passage[] {
  if (!(opts.window >= MIN_WINDOW)) throw new RangeError(`window below ${MIN_WINDOW} tokens`);
  const noteTitle = capPart(title);
  const doc = parse(text);
  const writer = new PassageWriter(noteTitle, doc, opts);
  const levels: number[] = [];
  let headings: string[] = [];
  let bare: Block | undefined;

  const flushBare = () => {
    if (bare) writer.write(bare, headings.slice(0, -1));
    bare = undefined;
  };
  const leave = (level: number) => {
    const depth = levels.findIndex((above) => above >= level);
    if (depth < 0) return;
    flushBare();
    writer.forgetTail();
    levels.length = depth;
    headings = headings.slice(0, depth);
  };

  for (const block of blocksOf(doc)) {
    if (block.quote === 0) leave(QUOTED + 1);
    if (block.kind !== 'heading') {
      if (writer.write(block, headings)) bare = undefined;
      continue;
    }
    const heading = capPart(render(mask(doc, block)));
    if (heading === '') continue;
    const level = block.level + (block.quote > 0 ? QUOTED : 0);
    leave(level);
    writer.forgetTail();
    levels.push(level);
    headings = [...headings, heading];
    bare = block;
  }
  flushBare();

  const { passages } = writer;
  if (passages.length === 0 && noteTitle !== '') {
    const embedText = shorten(plainCase(noteTitle), opts.window, opts.countTokens);
    if (embedText !== '') passages.push({ headings: [], start: 0, end: 0, embedText });
  }
  return passages;
}

/** Turns blocks into passages; remembers the end of the last one for the next one's overlap. */
class PassageWriter {
  readonly passages: Passage[] = [];
  private tail = '';

  constructor(
    private readonly title: string,
    private readonly doc: NoteDocument,
    private readonly opts: ChunkOptions,
  ) {}

  forgetTail(): void {
    this.tail = '';
  }

  /** Returns whether the block had any text. */
  write(block: Block, headings: string[]): boolean {
    const { window, countTokens } = this.opts;
    const raw = this.doc.text.slice(block.start, block.end);
    const masked = plainCase(mask(this.doc, block));
    const whole: Piece = { start: 0, end: raw.length };
    const share = Math.floor(window * CONTEXT_SHARE);

    const cost = this.estimate(masked, window);
    if (cost === 0 && render(masked) === '') return false;
    if (cost <= window && countTokens(render(masked)) <= window) {
      // A block that fits but for its headings loses those rather than its wholeness.
      const context = contextOf(this.title, headings, Math.min(share, window - cost), countTokens);
      this.add(block, headings, context, masked, whole);
      return true;
    }

    const context = contextOf(this.title, headings, share, countTokens);
    const budget = window - countTokens(context);
    const measure: Measure = {
      estimate: (part, limit) => this.estimate(part, limit),
      fits: (part) => countTokens(render(part)) <= budget,
    };
    for (const piece of splitBlock(block.kind, raw, masked, budget, measure)) {
      this.add(block, headings, context, masked, piece);
    }
    return true;
  }

  private add(block: Block, headings: string[], context: string, masked: string, piece: Piece) {
    const own = render(masked.slice(piece.start, piece.end));
    if (own === '') return;
    const { window, countTokens } = this.opts;
    const embedText =
      [join(context, this.tail, own), join(context, own), own].find(
        (candidate) => countTokens(candidate) <= window,
      ) ?? shorten(own, window, countTokens);
    // Code and table rows say little about what comes next.
    const prose = block.kind === 'paragraph' || block.kind === 'list';
    this.tail = prose ? tailOf(own) : '';
    if (embedText === '') return;
    const start = block.start + piece.start;
    const end = block.start + piece.end;
    this.passages.push({ headings, embedText, ...trimRange(this.doc.text, start, end) });
  }

  /** Tokens of masked text, word by word, so that no tokenizer ever sees a huge string. */
  private estimate(masked: string, limit: number): number {
    let sum = 0;
    for (const match of masked.matchAll(/\S+/g)) {
      const word = match[0].replaceAll('\0', '');
      for (let at = 0; at < word.length && sum <= limit; ) {
        const end = sliceEnd(word, at, WORD_SLICE);
        sum += this.opts.countTokens(word.slice(at, end));
        at = end;
      }
      if (sum > limit) break;
    }
    return sum;
  }
}

function join(...parts: string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function trimRange(text: string, start: number, end: number): { start: number; end: number } {
  const part = text.slice(start, end);
  const lead = part.length - part.trimStart().length;
  return { start: start + lead, end: start + part.trimEnd().length };
}
