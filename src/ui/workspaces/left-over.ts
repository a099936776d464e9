import { signal } from '@preact/signals';
import { forget, keysOf } from '../core/web-storage.ts';
import { journalKeysOf } from '../editor/journal/keys.ts';

/** Texts that could not be saved before another tab deleted their workspace. */
export interface LeftOver {
  /** Id and name of the workspace. */
  id: string;
  workspace: string;
  texts: { title: string; text: string }[];
}

/** Held in memory until the person keeps or discards it; null for nothing. */
export const leftOver = signal<LeftOver | null>(null);

/** It was kept or discarded: the same texts in the journal are not offered a second time. */
export function decideLeftOver({ id }: LeftOver): void {
  for (const key of journalKeysOf(id, keysOf('local'))) forget('local', key);
  leftOver.value = null;
}

globalThis.addEventListener?.('beforeunload', (event) => {
  if (leftOver.peek()) event.preventDefault();
});
