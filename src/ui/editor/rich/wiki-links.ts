import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  pickedCompletion,
} from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import type { FieldEvents, LinkOffer } from '../fields/field.ts';

/** After `[[`: notes by their names; after `#` its headings, after `#^` its blocks. */
export const completeLinks =
  ({ linkOffers, placeOffers }: Pick<FieldEvents, 'linkOffers' | 'placeOffers'>) =>
  async (context: CompletionContext): Promise<CompletionResult | null> => {
    const name = context.matchBefore(/\[\[[^[\]\n|#]*$/);
    const place = name ? null : context.matchBefore(/\[\[[^[\]\n|]*#[^[\]\n|#]*$/);
    if (name) {
      const options = (await linkOffers()).map(optionOf);
      if (context.aborted) return null;
      return { from: name.from + 2, options, validFor: /^[^[\]\n|#]*$/ };
    }
    if (!place) return null;
    const hash = place.text.lastIndexOf('#');
    const isBlock = place.text[hash + 1] === '^';
    const target = place.text.slice(2, place.text.indexOf('#'));
    const own = context.state.doc.toString();
    const options = await placeOffers(target, isBlock ? 'blocks' : 'headings', own);
    if (context.aborted) return null;
    const from = place.from + hash + (isBlock ? 2 : 1);
    return { from, options: options.map(optionOf), validFor: /^[^[\]\n|#^]*$/ };
  };

function optionOf({ label, insert, detail, leadsTo }: LinkOffer): Completion {
  const option: Completion = {
    label,
    apply: (view, completion, from, to) => apply(view, completion, insert, from, to),
  };
  if (detail) option.detail = detail;
  if (leadsTo) option.displayLabel = `${label} → ${leadsTo}`;
  return option;
}

function apply(
  view: EditorView,
  completion: Completion,
  insert: string,
  from: number,
  to: number,
): void {
  const closed = view.state.sliceDoc(to, to + 2) === ']]';
  view.dispatch({
    changes: { from, to, insert: closed ? insert : `${insert}]]` },
    selection: { anchor: from + insert.length + 2 },
    annotations: pickedCompletion.of(completion),
    userEvent: 'input.complete',
  });
}
