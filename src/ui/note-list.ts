import { type ReadonlySignal, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { NoteMeta } from '../storage/notes/index.ts';
import { type AppContext, useApp } from './context.ts';
import { errorText } from './errors-text.ts';

/** A long list costs a while to read; during an import it changes many times a second. */
const LEAST_PAUSE_MS = 500;

interface Store {
  notes: ReadonlySignal<NoteMeta[] | null>;
  error: ReadonlySignal<string | null>;
  refresh(): void;
}

const stores = new WeakMap<AppContext, Store>();

function createStore({ notes }: AppContext): Store {
  const list = signal<NoteMeta[] | null>(null);
  const error = signal<string | null>(null);
  let reading = false;
  let again = false;
  async function read(): Promise<void> {
    reading = true;
    again = false;
    const began = performance.now();
    try {
      list.value = await notes.list();
      error.value = null;
    } catch (thrown) {
      error.value = errorText(thrown);
    }
    const pause = Math.max(LEAST_PAUSE_MS, 5 * (performance.now() - began));
    setTimeout(() => {
      reading = false;
      if (again) void read();
    }, pause);
  }
  return {
    notes: list,
    error,
    refresh() {
      if (reading) again = true;
      else void read();
    },
  };
}

/** All notes, newest first, kept fresh while a view that uses them is shown; null at first. */
export function useNoteList(active = true): { notes: NoteMeta[] | null; error: string | null } {
  const ctx = useApp();
  let store = stores.get(ctx);
  if (!store) {
    store = createStore(ctx);
    stores.set(ctx, store);
  }
  const version = ctx.engine.notesVersion.value;
  useEffect(() => {
    if (active) store.refresh();
  }, [store, version, active]);
  return { notes: store.notes.value, error: store.error.value };
}
