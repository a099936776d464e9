import type { MakeField } from './field.ts';
import { revealRange } from './reveal.ts';
import { makeTextArea } from './text-area.ts';

/** A bare textarea: until the editor's code is there, and for when it cannot be had. */
export const makePlainField: MakeField = (host, options, events) => {
  const { area, history, busy } = makeTextArea(host, options, events, options.text);
  let scrolled = 0;
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
    busy,
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
