import type { ComponentChildren } from 'preact';

/** A named group of short buttons. */
export function Pills({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div class="pills" role="group" aria-label={label}>
      {children}
    </div>
  );
}

/** One of them: what is clicked is its text. */
export function Pill({ text, onClick }: { text: string; onClick(): void }) {
  return (
    <button type="button" class="pill" dir="auto" onClick={onClick}>
      {text}
    </button>
  );
}
