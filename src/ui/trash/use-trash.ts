import { useEffect, useRef, useState } from 'preact/hooks';
import type { Freeable, TrashEntry } from '../../storage/notes/index.ts';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';

/** Least pause between two readings, ms: during an import notes change many times a second. */
const COUNT_EVERY_MS = 100;
/** The same on Health, where versions and images are read, too. */
const READ_EVERY_MS = 1_000;

/**
 * Runs `read` at once, and again when notes have changed; one at a time, however often they change.
 * @param onError told of what `read` threw
 */
function useFresh<T>(
  read: () => Promise<T>,
  everyMs: number,
  onError?: (thrown: unknown) => void,
): T | null {
  const { engine } = useApp();
  const [found, setFound] = useState<T | null>(null);
  const state = useRef({ here: true, stale: false, reading: false }).current;
  const changed = engine.notesVersion.value;
  const refresh = async (): Promise<void> => {
    if (state.reading) return;
    state.reading = true;
    while (state.stale && state.here) {
      state.stale = false;
      try {
        const now = await read();
        if (state.here) setFound(() => now);
      } catch (thrown) {
        if (state.here) onError?.(thrown);
      }
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
    state.reading = false;
  };
  useEffect(() => {
    state.stale = true;
    void refresh();
  }, [changed]);
  useEffect(
    () => () => {
      state.here = false;
    },
    [],
  );
  return found;
}

/** How many notes are in the trash; 0 until it is known. */
export function useTrashCount(): number {
  const { notes } = useApp();
  return useFresh(notes.trashCount, COUNT_EVERY_MS) ?? 0;
}

/** What is in the trash, last deleted first; null at first. */
export function useTrash(): { entries: TrashEntry[] | null; error: string | null } {
  const { notes } = useApp();
  const [error, setError] = useState<string | null>(null);
  const entries = useFresh(
    async () => (await notes.deleted()).list(),
    COUNT_EVERY_MS,
    (thrown) => setError(errorText(thrown)),
  );
  return { entries, error };
}

/** What could be freed; null at first. */
export function useFreeable(): Freeable | null {
  const { notes } = useApp();
  return useFresh(async () => (await notes.deleted()).freeable(), READ_EVERY_MS);
}
