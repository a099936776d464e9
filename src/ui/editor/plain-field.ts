import type { MakeField } from './field.ts';
import { ownHistory } from './own-history.ts';
import { revealRange } from './reveal.ts';

/** A bare textarea: until the editor's code is there, and for when it cannot be had. */
export const makePlainField: MakeField = (host, options, events) => {
  const area = document.createElement('textarea');
  area.className = 'plain-text';
  area.setAttribute('aria-label', options.label);
  area.dir = 'auto';
  area.value = options.text;
  area.readOnly = options.readOnly;
  area.setSelectionRange(0, 0);
  let composing = false;
  let scrolled = 0;
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
  return {
    text: () => area.value,
    show(text, undoable) {
      if (area.value === text) return;
      const { selectionStart, selectionEnd } = area;
      history.show(text, undoable);
      area.setSelectionRange(selectionStart, selectionEnd);
    },
    undo: () => history.undo(),
    canUndo: () => history.canUndo(),
    reveal: (start) => revealRange(area, start),
    focus: () => area.focus(),
    hasFocus: () => document.activeElement === area,
    selection: () =>
      area.selectionDirection === 'backward'
        ? [area.selectionEnd, area.selectionStart]
        : [area.selectionStart, area.selectionEnd],
    select([anchor, head]) {
      const backward = head < anchor;
      area.setSelectionRange(
        Math.min(anchor, head),
        Math.max(anchor, head),
        backward ? 'backward' : 'forward',
      );
    },
    composing: () => composing,
    setReadOnly(readOnly) {
      area.readOnly = readOnly;
    },
    keepPlace() {
      scrolled = area.scrollTop;
    },
    returnToPlace() {
      area.scrollTop = scrolled;
    },
    find: () => false,
    history: () => undefined,
    destroy: () => area.remove(),
  };
};
