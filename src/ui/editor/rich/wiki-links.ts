import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  pickedCompletion,
} from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import type { MarkdownConfig } from '@lezer/markdown';
import type { FieldEvents, LinkOffer } from '../fields/field.ts';

const OPEN = 91; // [
const CLOSE = 93; // ]
const BACKSLASH = 92;

/** Markdown's grammar, with `[[Name]]` and `[[Name|shown]]` in it. */
export const wikiLinks: MarkdownConfig = {
  defineNodes: ['WikiLink', 'WikiMark', 'WikiTarget', 'WikiBar'],
  parseInline: [
    {
      name: 'WikiLink',
      before: 'Link',
      parse(cx, next, start) {
        if (next !== OPEN || cx.char(start + 1) !== OPEN) return -1;
        let bar = -1;
        for (let at = start + 2; at < cx.end && at - start < 500; at++) {
          const char = cx.char(at);
          if (char === OPEN || char === 10) return -1;
          if (char === 124 && bar < 0) bar = at;
          if (char !== CLOSE || cx.char(at + 1) !== CLOSE) continue;
          if (at === start + 2) return -1;
          // In a table the bar is written `\|`.
          const isEscaped = bar > start + 2 && cx.char(bar - 1) === BACKSLASH;
          const target = bar < 0 ? at : isEscaped ? bar - 1 : bar;
          return cx.addElement(
            cx.elt('WikiLink', start, at + 2, [
              cx.elt('WikiMark', start, start + 2),
              cx.elt('WikiTarget', start + 2, target),
              ...(bar < 0 ? [] : [cx.elt('WikiBar', target, bar + 1)]),
              cx.elt('WikiMark', at, at + 2),
            ]),
          );
        }
        return -1;
      },
    },
  ],
};

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
