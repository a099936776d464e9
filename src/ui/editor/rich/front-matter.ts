/** Front matter in the editor: out of sight while its properties are shown above, and out of reach. */
import {
  EditorSelection,
  EditorState,
  type Extension,
  StateEffect,
  StateField,
  type Text,
  type Transaction,
} from '@codemirror/state';
import { Decoration, EditorView } from '@codemirror/view';
import { frontMatterRange } from '../../../markdown/front-matter-range.ts';
import { LONGEST_FRONT_MATTER } from '../../../markdown/limits.ts';

/** UTF-16 units of a text in which its front matter lies. */
const BEGINNING = LONGEST_FRONT_MATTER + 100;

/** Where the front matter ends, behind its closing line; 0 for none. */
const endIn = (beginning: string): number => frontMatterRange(beginning)?.end ?? 0;
const endOf = (doc: Text): number => endIn(doc.sliceString(0, Math.min(doc.length, BEGINNING)));

interface Folded {
  /** Where it ends; 0 for none. */
  end: number;
  isFolded: boolean;
}

const unfold = StateEffect.define<null>();

/** Nothing could be written below it in a text that ends with it. */
const canFold = (end: number, doc: Text): boolean => end > 0 && end < doc.length;

const folded = StateField.define<Folded>({
  create({ doc }) {
    const end = endOf(doc);
    return { end, isFolded: canFold(end, doc) };
  },
  update(before, tr) {
    const { doc } = tr.state;
    let { end, isFolded } = before;
    if (tr.docChanged && (end === 0 || tr.changes.touchesRange(0, end) || end >= doc.length)) {
      end = doc.sliceString(0, 4).includes('---') ? endOf(doc) : 0;
    }
    // What is being typed stays in sight.
    if (before.end === 0 || !canFold(end, doc)) isFolded = false;
    if (tr.effects.some((effect) => effect.is(unfold))) isFolded = false;
    return end === before.end && isFolded === before.isFolded ? before : { end, isFolded };
  },
  provide: (field) =>
    EditorView.decorations.from(field, ({ end, isFolded }) =>
      isFolded
        ? Decoration.set(Decoration.replace({ block: true }).range(0, end))
        : Decoration.none,
    ),
});

/** Where the text begins that can be written in; 0 where nothing is folded. */
export function textStart(state: EditorState): number {
  const known = state.field(folded, false);
  return known?.isFolded ? known.end + 1 : 0;
}

/**
 * Folds a note's front matter.
 * @param isFromOutside whether a change is no person's in this text
 */
export const foldedFrontMatter = (isFromOutside: (tr: Transaction) => boolean): Extension => [
  folded,
  EditorState.changeFilter.of((tr) => {
    const start = textStart(tr.startState);
    const isBack = tr.isUserEvent('undo') || tr.isUserEvent('redo');
    if (start === 0 || isBack || isFromOutside(tr)) return true;
    const first = firstChanged(tr);
    // A stretch that is kept says nothing of what is put before it.
    return first === 0 && !deletesFrom(tr, 0) ? false : first >= start || [0, start];
  }),
  EditorState.transactionFilter.of((tr) => {
    const start = textStart(tr.startState);
    if (start === 0 || tr.effects.some((effect) => effect.is(unfold))) return tr;
    const least = Math.min(tr.changes.mapPos(start, -1), tr.newDoc.length);
    const { ranges, mainIndex } = tr.newSelection;
    if (!tr.selection || ranges.every(({ from }) => from >= least)) return tr;
    const moved = ranges.map(({ anchor, head }) =>
      EditorSelection.range(Math.max(anchor, least), Math.max(head, least)),
    );
    return [tr, { selection: EditorSelection.create(moved, mainIndex), sequential: true }];
  }),
];

/** Where the first change is; infinite for none. */
function firstChanged({ changes }: Transaction): number {
  let first = Number.POSITIVE_INFINITY;
  changes.iterChangedRanges((from) => {
    first = Math.min(first, from);
  });
  return first;
}

function deletesFrom({ changes }: Transaction, at: number): boolean {
  let found = false;
  changes.iterChangedRanges((from, to) => {
    found ||= from === at && to > from;
  });
  return found;
}

/** Shows the front matter as it is written, if a place in it is to be shown. */
export function unfoldFor(view: EditorView, at: number): void {
  if (at < textStart(view.state)) view.dispatch({ effects: unfold.of(null) });
}
