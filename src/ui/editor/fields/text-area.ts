import type { FieldEvents, FieldOptions } from './field.ts';
import { type OwnHistory, ownHistory } from './own-history.ts';
import { pastedImages, pasteImages } from './paste-images.ts';

export interface TextArea {
  area: HTMLTextAreaElement;
  history: OwnHistory;
  /** As in NoteField. */
  busy(): Promise<unknown> | null;
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
  let composed: { ended: Promise<void>; end(): void } | null = null;
  area.addEventListener('compositionstart', () => {
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    composed = { ended, end };
  });
  area.addEventListener('compositionend', () => {
    composed?.end();
    composed = null;
  });
  let pasting: Promise<unknown> | null = null;
  area.addEventListener('paste', (event) => {
    const images = event.clipboardData ? pastedImages(event.clipboardData) : [];
    if (images.length === 0 || area.readOnly) return;
    event.preventDefault();
    const before = pasting;
    const mine = (async () => {
      await before;
      await pasteImages(images, events, insert);
    })().finally(() => {
      if (pasting === mine) pasting = null;
    });
    pasting = mine;
  });
  const insert = (markdown: string): void => {
    area.setRangeText(markdown, area.selectionStart, area.selectionEnd, 'end');
    area.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste', bubbles: true }));
  };
  const history = ownHistory(area, () => events.onInput());
  area.addEventListener('input', () => events.onInput());
  area.addEventListener('blur', () => events.onBlur());
  host.append(area);
  return { area, history, busy: () => composed?.ended ?? pasting };
}
