import type { FieldEvents, FieldOptions } from './field.ts';
import { type OwnHistory, ownHistory } from './own-history.ts';

export interface TextArea {
  area: HTMLTextAreaElement;
  history: OwnHistory;
  /** Whether an input method is composing a word. */
  composing(): boolean;
}

/** A textarea in `host` with an undo history of its own, which tells `events` of input and blur. */
export function makeTextArea(
  host: HTMLElement,
  { label, readOnly }: Pick<FieldOptions, 'label' | 'readOnly'>,
  events: FieldEvents,
  text = '',
): TextArea {
  const area = document.createElement('textarea');
  area.className = 'plain-text';
  area.setAttribute('aria-label', label);
  area.dir = 'auto';
  area.value = text;
  area.readOnly = readOnly;
  area.setSelectionRange(0, 0);
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
  return { area, history, composing: () => composing };
}
