import { syntaxTree } from '@codemirror/language';
import { StateEffect } from '@codemirror/state';
import { type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { FieldEvents } from '../fields/field.ts';
import { decorations } from './decorations.ts';
import { linkClicks } from './link-at.ts';

type Events = Pick<FieldEvents, 'imageUrl' | 'onLink' | 'onTag' | 'watchLinks'>;
/** It is known anew which links lead to a note. */
const linksChanged = StateEffect.define<null>();

/**
 * Markdown shown as what it means, where the caret is not; there its signs stand as they are
 * written. Only what is in sight is looked at.
 */
export function liveFormatting({ imageUrl, onLink, onTag, watchLinks }: Events) {
  const plugin = ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      readonly links: ReturnType<Events['watchLinks']>;
      constructor(view: EditorView) {
        this.links = watchLinks(() => view.dispatch({ effects: linksChanged.of(null) }));
        this.decorations = decorations(view, imageUrl, this.links.leads);
      }
      update(update: ViewUpdate) {
        if (
          update.docChanged ||
          update.viewportChanged ||
          update.selectionSet ||
          update.focusChanged ||
          update.transactions.some(({ effects }) => effects.some((one) => one.is(linksChanged))) ||
          syntaxTree(update.startState) !== syntaxTree(update.state)
        ) {
          this.decorations = decorations(update.view, imageUrl, this.links.leads);
        }
      }
      destroy() {
        this.links.stop();
      }
    },
    { decorations: (value) => value.decorations },
  );
  return [plugin, linkClicks({ onLink, onTag })];
}
