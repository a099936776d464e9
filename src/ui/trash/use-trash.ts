import { useEffect, useState } from 'preact/hooks';
import type { Freeable, TrashEntry } from '../../storage/notes/index.ts';
import { useApp } from '../context.ts';
import { errorText } from '../errors-text.ts';

/** During an import notes change many times a second. */
const SOON_MS = 100;

/** Runs `read` at once, and again whenever notes have changed. */
function useFresh<T>(read: () => Promise<T>, onError: (thrown: unknown) => void = () => {}) {
  const { engine } = useApp();
  const [found, setFound] = useState<T | null>(null);
  const changed = engine.notesVersion.value;
  useEffect(() => {
    let here = true;
    const timer = setTimeout(
      () =>
        read().then(
          (now) => {
            if (here) setFound(now);
          },
          (thrown) => {
            if (here) onError(thrown);
          },
        ),
      found === null ? 0 : SOON_MS,
    );
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [engine, changed]);
  return found;
}

/** How many notes are in the trash; 0 until it is known. */
export function useTrashCount(): number {
  const { notes } = useApp();
  return useFresh(notes.trashCount) ?? 0;
}

/** What is in the trash, last deleted first; null at first. */
export function useTrash(): { entries: TrashEntry[] | null; error: string | null } {
  const { notes } = useApp();
  const [error, setError] = useState<string | null>(null);
  const entries = useFresh(
    async () => (await notes.deleted()).list(),
    (thrown) => setError(errorText(thrown)),
  );
  return { entries, error };
}

/** What could be freed; null at first. */
export function useFreeable(): Freeable | null {
  const { notes } = useApp();
  return useFresh(async () => (await notes.deleted()).freeable());
}
