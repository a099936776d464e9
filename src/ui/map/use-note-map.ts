import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { isCode } from '../../errors.ts';
import type { MapLayout } from '../../protocol.ts';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';

export interface NoteMapState {
  layout: MapLayout | null;
  /** Of the map under way, 0 to 1; null while none is. */
  share: number | null;
  error: string | null;
  cancelled: boolean;
  make(how: 'kept' | 'anew'): void;
  cancel(): void;
}

/** The map as it was last, at once, then as it is now; asked for again when an indexing run ends. */
export function useNoteMap(): NoteMapState {
  const { engine } = useApp();
  const [layout, setLayout] = useState<MapLayout | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [cancelled, setCancelled] = useState(false);
  const running = useRef<AbortController | null>(null);
  const idle = engine.status.value.state === 'idle';

  const make = useCallback(
    async (how: 'kept' | 'anew') => {
      running.current?.abort();
      const controller = new AbortController();
      const { signal } = controller;
      running.current = controller;
      setError(null);
      setCancelled(false);
      setShare(0);
      try {
        const onProgress = (now: number) => {
          if (!signal.aborted) setShare(now);
        };
        const made = await engine.noteMap(how, { signal, onProgress });
        if (!signal.aborted && made) setLayout(made);
      } catch (thrown) {
        if (!signal.aborted && !isCode(thrown, 'cancelled')) setError(errorText(thrown));
      }
      if (running.current === controller) setShare(null);
    },
    [engine],
  );

  useEffect(() => {
    let here = true;
    engine.noteMap('stored').then(
      (stored) => {
        if (here && stored) setLayout((now) => now ?? stored);
      },
      () => {},
    );
    return () => {
      here = false;
      running.current?.abort();
    };
  }, [engine]);

  useEffect(() => {
    void make('kept');
  }, [make, idle]);

  return {
    layout,
    share,
    error,
    cancelled,
    make,
    cancel() {
      running.current?.abort();
      running.current = null;
      setShare(null);
      setCancelled(true);
    },
  };
}
