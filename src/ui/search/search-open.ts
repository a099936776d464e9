import { signal } from '@preact/signals';

export const searchOpen = signal(false);

/** Ctrl+K or Cmd+K, whatever the keyboard layout's other modifiers. */
export const isSearchShortcut = (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.metaKey) &&
  !event.altKey &&
  !event.shiftKey &&
  event.key.toLowerCase() === 'k';
