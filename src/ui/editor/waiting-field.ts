import type { MakeField } from './field.ts';

/** Holds a text that is too long for a textarea, until the editor's code is there. Shows nothing. */
export const makeWaitingField: MakeField = (_host, options) => {
  let text = options.text;
  let focused = false;
  let selection: [number, number] = [0, 0];
  const former: string[] = [];
  return {
    text: () => text,
    show(next, undoable) {
      if (undoable && next !== text) former.push(text);
      text = next;
    },
    undo() {
      const before = former.pop();
      if (before !== undefined) text = before;
      return before !== undefined;
    },
    canUndo: () => former.length > 0,
    reveal(start) {
      selection = [start, start];
    },
    // Handed on to the editor.
    focus() {
      focused = true;
    },
    hasFocus: () => focused,
    selection: () => selection,
    select(range) {
      selection = range;
    },
    composing: () => false,
    setReadOnly() {},
    keepPlace() {},
    returnToPlace() {},
    find: () => false,
    history: () => undefined,
    destroy() {},
  };
};
