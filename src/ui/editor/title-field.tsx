import type { RefObject } from 'preact';
import { W } from './words.ts';

interface Props {
  /** The element, once it is drawn. */
  element: RefObject<HTMLTextAreaElement | null>;
  readOnly: boolean;
  onInput: () => void;
  onBlur: () => void;
  /** Enter: on to the text. */
  onEnter: () => void;
}

/** A title is one line, however many it takes to show it. */
export function TitleField({ element, readOnly, onInput, onBlur, onEnter }: Props) {
  return (
    <textarea
      ref={element}
      class="title-field"
      rows={1}
      aria-label={W.title}
      placeholder={W.title}
      dir="auto"
      autocomplete="off"
      readOnly={readOnly}
      onInput={(event) => {
        const { currentTarget: field } = event;
        if (/[\r\n]/.test(field.value)) field.value = field.value.replace(/\s*[\r\n]\s*/g, ' ');
        onInput();
      }}
      onBlur={onBlur}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.isComposing) return;
        event.preventDefault();
        onEnter();
      }}
    />
  );
}
