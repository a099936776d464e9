import type { Range } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';

const AUTO = Decoration.line({ attributes: { dir: 'auto' } });

/**
 * Each line runs as its own first letters do: Hebrew from the right, beside English from the left.
 */
export const ownDirections = [
  EditorView.perLineTextDirection.of(true),
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = directions(view);
      }
      update(update: ViewUpdate) {
        if (update.docChanged || update.viewportChanged) {
          this.decorations = directions(update.view);
        }
      }
    },
    { decorations: (value) => value.decorations },
  ),
];

function directions({ state, visibleRanges }: EditorView): DecorationSet {
  const all: Range<Decoration>[] = [];
  let last = -1;
  for (const { from, to } of visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = state.doc.lineAt(at);
      // Of a long line several ranges may be in sight.
      if (line.from > last) all.push(AUTO.range(line.from));
      last = line.from;
      at = line.to + 1;
    }
  }
  return Decoration.set(all);
}
