import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { MarkdownConfig } from '@lezer/markdown';
import { tagEndAt } from '../../../markdown/inline/hashtag.ts';
import type { FieldEvents } from '../fields/field.ts';
import { inCode } from './in-code.ts';

const HASH = 35;

/** Markdown's grammar, with `#tag` in it, by the one rule for what a tag is. */
export const tags: MarkdownConfig = {
  defineNodes: ['Hashtag'],
  parseInline: [
    {
      name: 'Hashtag',
      parse(cx, next, start) {
        if (next !== HASH) return -1;
        const end = tagEndAt(cx.text, start - cx.offset);
        return end < 0 ? -1 : cx.addElement(cx.elt('Hashtag', start, cx.offset + end));
      },
    },
  ],
};

/** After `#`: the tags there are. */
export const completeTags =
  ({ tagOffers }: Pick<FieldEvents, 'tagOffers'>) =>
  async (context: CompletionContext): Promise<CompletionResult | null> => {
    const typed = context.matchBefore(/(?:^|[\s(])#[^\s#]*$/);
    if (!typed || inCode(context.state, context.pos)) return null;
    const from = typed.from + typed.text.indexOf('#') + 1;
    // `#` alone at the start of a line may become a heading: nothing is offered yet.
    if (from === context.pos && !context.explicit) return null;
    const own = context.state.sliceDoc(from, context.pos);
    const offers = (await tagOffers()).filter((tag) => tag !== own && !/\s/.test(tag));
    if (context.aborted || offers.length === 0) return null;
    return { from, options: offers.map((label) => ({ label })), validFor: /^[^\s#]*$/ };
  };
