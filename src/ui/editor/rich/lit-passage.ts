import { type Extension, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

/** How long a passage that was opened stays lit, ms; the animation takes as long. */
const LIT_MS = 2_500;

const light = StateEffect.define<{ from: number; to: number } | null>();
const LIT = Decoration.mark({ class: 'md-lit' });

const passages = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lit, { changes, effects }) {
    let now = lit.map(changes);
    for (const effect of effects) {
      if (!effect.is(light)) continue;
      const { value } = effect;
      now =
        value && value.from < value.to
          ? Decoration.set(LIT.range(value.from, value.to))
          : Decoration.none;
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const theme = EditorView.theme({
  '@keyframes md-lit': {
    '0%, 40%': { backgroundColor: 'var(--mark)', color: 'var(--mark-ink)' },
  },
  '.md-lit': { borderRadius: '2px', animation: `md-lit ${LIT_MS}ms ease-out` },
  '@media (prefers-reduced-motion: reduce)': {
    '.md-lit': { animation: 'none', backgroundColor: 'var(--mark)', color: 'var(--mark-ink)' },
  },
});

interface LitPassage {
  extension: Extension;
  show(view: EditorView, from: number, to: number): void;
  end(): void;
}

/** A passage that is lit for a moment: seen, and not selected, so that no key replaces it. */
export function litPassage(): LitPassage {
  let timer = 0;
  return {
    extension: [passages, theme],
    show(view, from, to) {
      clearTimeout(timer);
      const value = { from, to: Math.min(to, view.state.doc.length) };
      view.dispatch({ effects: light.of(value) });
      timer = window.setTimeout(() => view.dispatch({ effects: light.of(null) }), LIT_MS);
    },
    end: () => clearTimeout(timer),
  };
}
