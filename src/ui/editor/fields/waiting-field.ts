import { S } from '../../core/strings.ts';
import type { MakeField } from './field.ts';
import { makeTextArea } from './text-area.ts';

/**
 * Stands in for the editor where a text is too long for a textarea, until the editor's code is there.
 * It says that it is loading and shows nothing of the text; what is typed into it stands in the text
 * at the caret, and is saved like any other key.
 */
export const makeWaitingField: MakeField = (host, options, events) => {
  const { area, history, busy } = makeTextArea(host, options, events);
  area.placeholder = S.loading;
  /** The text without what is typed, and where that stands in it. */
  let { text } = options;
  let caret = 0;
  const former: string[] = [];
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
    busy,
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
