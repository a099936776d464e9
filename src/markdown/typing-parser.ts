/** The reader for an editor: a text is read on from what was read of it before. */
import { type Input, Parser, type PartialParse, type Tree, type TreeFragment } from '@lezer/common';
import type { MarkdownExtension, MarkdownParser } from '@lezer/markdown';
import { frontMatterRange } from './front-matter-range.ts';
import { forNotes } from './grammar.ts';
import { labelKey } from './inline/link-parts.ts';
import { blankReading, type Reading, reads } from './reading.ts';

/** Labels of links and footnotes, where a line may define them; in containers too. */
const LABELS = /^[ \t>*+\d.)-]{0,200}\[([^\]\n]{1,200})\]:/gm;
/** What begins or ends something over several lines. */
const FAR_SIGNS = /%%|\$\$|<%|%>|<!--|-->/g;

/**
 * What of a text may decide how a far part of it is read. While it is the same, what was read before
 * holds wherever nothing was changed.
 */
const shapes = new WeakMap<Tree, string>();

class TypingParser extends Parser {
  constructor(private readonly grammar: MarkdownParser) {
    super();
  }

  createParse(
    input: Input,
    fragments: readonly TreeFragment[],
    ranges: readonly { from: number; to: number }[],
  ): PartialParse {
    const text = input.read(0, input.length);
    const known = knownOf(text);
    const shape = shapeOf(known);
    const held = fragments.every(({ tree }) => shapes.get(tree) === shape) ? fragments : [];
    const parse = reads(known, () => this.grammar.startParse(input, held, ranges));
    return {
      advance() {
        const tree = reads(known, () => parse.advance());
        if (tree) shapes.set(tree, shape);
        return tree;
      },
      get parsedPos() {
        return parse.parsedPos;
      },
      get stoppedAt() {
        return parse.stoppedAt;
      },
      stopAt: (place) => parse.stopAt(place),
    };
  }
}

/** In an editor each definition counts, whether it is used or not: it is about to be. */
function knownOf(text: string): Reading {
  const defined = new Set<string>();
  const footnotes = new Set<string>();
  if (text.includes(']:')) {
    for (const [, label = ''] of text.matchAll(LABELS)) {
      if (label.startsWith('^')) footnotes.add(labelKey(label.slice(1)));
      else defined.add(labelKey(label));
    }
  }
  return { ...blankReading(text), defined, footnotes, frontMatter: frontMatterRange(text) };
}

function shapeOf({ text, defined, footnotes, frontMatter }: Reading): string {
  const signs = text.match(FAR_SIGNS)?.length ?? 0;
  return JSON.stringify([frontMatter !== null, signs, [...defined], [...footnotes]]);
}

/**
 * @param base Lezer's parser with what an editor wants of its nodes
 * @param more what is to be added, as the colours of code
 */
export const typingParser = (base: MarkdownParser, more: MarkdownExtension = {}): Parser =>
  new TypingParser(forNotes(base, more));
