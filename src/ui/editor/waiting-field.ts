import { S } from '../strings.ts';
import type { MakeField } from './field.ts';
import { ownHistory } from './own-history.ts';

/**
 * Stands in for the editor where a text is too long for a textarea, until the editor's code is there.
 * It says that it is loading and shows nothing of the text; what is typed into it stands in the text
 * at the caret, and is saved like any other key.
 */
export const makeWaitingField: MakeField = (host, options, events) => {
  const area = document.createElement('textarea');
  area.className = 'plain-text';
  area.setAttribute('aria-label', options.label);
  area.placeholder = S.loading;
  area.dir = 'auto';
  area.readOnly = options.readOnly;
  /** The text without what is typed, and where that stands in it. */
  let { text } = options;
  let caret = 0;
  const former: string[] = [];
  let composing = false;
  area.addEventListener('compositionstart', () => {
    composing = true;
  });
  area.addEventListener('compositionend', () => {
    composing = false;
  });
  const history = ownHistory(area, () => events.onInput());
  area.addEventListener('input', () => events.onInput());
  area.addEventListener('blur', () => events.onBlur());
  host.append(area);
  const whole = (): string =>
    area.value ? text.slice(0, caret) + area.value + text.slice(caret) : text;
  const put = (next: string): void => {
    text = next;
    history.show('', false);
  };
  return {
    text: whole,
    show(next, undoable) {
      const shown = whole();
      if (next === shown) return;
      if (undoable) former.push(shown);
      put(next);
    },
    undo() {
      const before = former.pop();
      if (before === undefined) return history.undo();
      put(before);
      return true;
    },
    canUndo: () => former.length > 0 || history.canUndo(),
    reveal(start) {
      if (!area.value) caret = start;
    },
    focus: () => area.focus(),
    hasFocus: () => document.activeElement === area,
    selection: () => [caret + area.selectionStart, caret + area.selectionEnd],
    select([, head]) {
      if (!area.value) caret = head;
    },
    composing: () => composing,
    setReadOnly(readOnly) {
      area.readOnly = readOnly;
    },
    keepPlace() {},
    returnToPlace() {},
    find: () => false,
    history: () => undefined,
    destroy: () => area.remove(),
  };
};
