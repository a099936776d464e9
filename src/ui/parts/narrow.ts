import { signal } from '@preact/signals';

/** As in styles/app.css: below this the navigation is at the bottom and the header is a bar. */
const query = globalThis.matchMedia?.('(max-width: 720px)');

/** Whether the screen is a phone's. */
export const narrow = signal(query?.matches ?? false);

query?.addEventListener('change', ({ matches }) => {
  narrow.value = matches;
});
