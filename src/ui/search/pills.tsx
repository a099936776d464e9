import type { ComponentChildren } from 'preact';

export function Pills({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div class="pills" role="group" aria-label={label}>
      {children}
    </div>
  );
}

export function Pill({ text, onClick }: { text: string; onClick(): void }) {
  return (
    <button type="button" class="pill" dir="auto" onClick={onClick}>
      {text}
    </button>
  );
}
