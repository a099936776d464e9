import { signal } from '@preact/signals';

/** Texts that could not be saved before another tab deleted their workspace. */
export interface LeftOver {
  /** Name of the workspace. */
  workspace: string;
  texts: { title: string; text: string }[];
}

/** Held in memory until the person keeps or discards it; null for nothing. */
export const leftOver = signal<LeftOver | null>(null);

globalThis.addEventListener?.('beforeunload', (event) => {
  if (leftOver.peek()) event.preventDefault();
});
