import { type ReadonlySignal, signal } from '@preact/signals';

/** Whether the screen is a phone's. As in shell/shell.css: there the navigation is at the bottom. */
export const narrow = holds('(max-width: 720px)');
/** Whether something fits beside the results of a search. As in search/search.css. */
export const wide = holds('(min-width: 900px)');

function holds(condition: string): ReadonlySignal<boolean> {
  const query = globalThis.matchMedia?.(condition);
  const now = signal(query?.matches ?? false);
  query?.addEventListener('change', ({ matches }) => {
    now.value = matches;
  });
  return now;
}
