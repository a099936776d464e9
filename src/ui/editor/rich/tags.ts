import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { FieldEvents } from '../fields/field.ts';
import { inCode } from './in-code.ts';

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
