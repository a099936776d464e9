import type { ReadonlySignal } from '@preact/signals';
import { isCode } from '../../errors.ts';
import { errorText } from '../core/errors-text.ts';
import type { SaveState } from './autosave.ts';
import { W } from './words.ts';

function sentence(state: SaveState): string {
  switch (state.kind) {
    case 'empty':
      return '';
    case 'saved':
      return W.saved;
    case 'saving':
      return W.saving;
    case 'deleted':
      return W.notSavedDeleted;
    case 'failed':
      return isCode(state.error, 'storage-full')
        ? W.notSavedFull
        : W.notSaved(errorText(state.error));
  }
}

/** Spoken only when something is wrong: it changes with every pause in typing. */
export function SaveStatus({ state }: { state: ReadonlySignal<SaveState> }) {
  // Of a note that was deleted elsewhere a banner says it, and what can be done.
  const failed = state.value.kind === 'failed';
  return (
    <span
      role="status"
      aria-label={W.saveState}
      aria-live={failed ? 'assertive' : 'off'}
      class={failed ? 'save-state failed' : 'save-state quiet'}
    >
      {sentence(state.value)}
    </span>
  );
}
