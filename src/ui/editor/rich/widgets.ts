/** What the signs in a text become, where the caret is not. */
import { type EditorView, WidgetType } from '@codemirror/view';
import { drawFormula } from '../math/formula.ts';

export class Bullet extends WidgetType {
  override eq(): boolean {
    return true;
  }
  override toDOM(): HTMLElement {
    const dot = document.createElement('span');
    dot.className = 'md-bullet';
    dot.textContent = '•';
    return dot;
  }
}

/** The box of a task; of one that is neither done nor to be done its sign stands behind it. */
export class Checkbox extends WidgetType {
  readonly #state: string;
  readonly #label: string;
  constructor(state: string, label: string) {
    super();
    this.#state = state;
    this.#label = label;
  }
  override eq(other: Checkbox): boolean {
    return other.#state === this.#state && other.#label === this.#label;
  }
  override toDOM(view: EditorView): HTMLElement {
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.className = 'md-check';
    box.checked = /[xX]/.test(this.#state);
    box.setAttribute('aria-label', this.#label);
    box.addEventListener('mousedown', (event) => event.preventDefault());
    box.addEventListener('click', (event) => {
      event.preventDefault();
      if (view.state.readOnly) return;
      const at = view.posAtDOM(box);
      const now = /^\[[xX]\]/.test(view.state.sliceDoc(at, at + 3));
      view.dispatch({
        changes: { from: at + 1, to: at + 2, insert: now ? ' ' : 'x' },
        userEvent: 'input.check',
      });
    });
    if (/[ xX]/.test(this.#state)) return box;
    box.indeterminate = true;
    const host = document.createElement('span');
    const sign = document.createElement('span');
    sign.className = 'md-state';
    sign.textContent = this.#state;
    host.append(box, sign);
    return host;
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

/** The kind of a callout, in words. */
export class CalloutKind extends WidgetType {
  readonly #label: string;
  constructor(label: string) {
    super();
    this.#label = label;
  }
  override eq(other: CalloutKind): boolean {
    return other.#label === this.#label;
  }
  override toDOM(): HTMLElement {
    const kind = document.createElement('span');
    kind.className = 'md-callout-kind';
    kind.textContent = this.#label;
    return kind;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

/** A formula; pressed, it takes the caret and shows its source. */
export class Formula extends WidgetType {
  readonly #source: string;
  readonly #isApart: boolean;
  readonly #isBelow: boolean;
  constructor(source: string, isApart: boolean, isBelow: boolean) {
    super();
    this.#source = source;
    this.#isApart = isApart;
    this.#isBelow = isBelow;
  }
  override eq(other: Formula): boolean {
    const isSame = other.#source === this.#source && other.#isApart === this.#isApart;
    return isSame && other.#isBelow === this.#isBelow;
  }
  override toDOM(view: EditorView): HTMLElement {
    const host = document.createElement('span');
    host.className = this.#isApart ? 'md-math md-formula-block' : 'md-math';
    // Below its source nothing stands for it until it is drawn.
    if (!this.#isBelow) host.textContent = this.#source;
    void drawFormula(host, this.#source, this.#isApart, (isDrawn) => {
      if (isDrawn) host.classList.remove('md-math');
      view.requestMeasure();
    });
    return host;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}
