import type { MakeField } from './field.ts';
import { revealRange } from './reveal.ts';

/** A bare textarea: for when the editor's code cannot be had. */
export const makePlainField: MakeField = (host, options, events) => {
  const area = document.createElement('textarea');
  area.className = 'plain-text';
  area.setAttribute('aria-label', options.label);
  area.dir = 'auto';
  area.value = options.text;
  area.readOnly = options.readOnly;
  area.setSelectionRange(0, 0);
  area.addEventListener('input', () => events.onInput());
  area.addEventListener('blur', () => events.onBlur());
  host.append(area);
  return {
    text: () => area.value,
    show(text) {
      if (area.value === text) return;
      const { selectionStart, selectionEnd } = area;
      area.value = text;
      area.setSelectionRange(selectionStart, selectionEnd);
    },
    reveal: (start, end) => revealRange(area, start, end),
    focus: () => area.focus(),
    setReadOnly(readOnly) {
      area.readOnly = readOnly;
    },
    find: () => false,
    history: () => null,
    destroy: () => area.remove(),
  };
};
