import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { byModified, type NoteMeta } from '../../storage/notes/index.ts';
import { type AppContext, useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';

/**
 * Least pause between two readings of the list, ms: during an import it changes many times a
 * second.
 */
const LEAST_PAUSE_MS = 500;
/** Changed notes from which on the whole list is read again. */
const ALL_FROM = 2_000;

interface Store {
  notes: ReadonlySignal<NoteMeta[] | null>;
  error: ReadonlySignal<string | null>;
  /** Keeps the list fresh until the function that it returns is called. */
  watch(): () => void;
  /** Fresh at this moment. */
  fresh(): Promise<NoteMeta[]>;
}

const stores = new WeakMap<AppContext, Store>();

/** Read whole once; from then on only what was announced as changed. */
function createStore({ notes, engine }: AppContext): Store {
  const list = signal<NoteMeta[] | null>(null);
  const error = signal<string | null>(null);
  let stale: Set<string> | 'all' = 'all';
  let watchers = 0;
  let running: Promise<void> | null = null;
  let resting = false;

  async function read(): Promise<void> {
    const wanted = stale;
    stale = new Set();
    const began = performance.now();
    try {
      if (wanted === 'all') {
        const all = await notes.list();
        // Reading them was one task; drawing them is another.
        await new Promise((resolve) => setTimeout(resolve));
        list.value = all;
      } else if (wanted.size > 0) {
        const now = await notes.metas([...wanted]);
        const others = (list.peek() ?? []).filter(({ id }) => !wanted.has(id));
        // The others are in order already: sorting goes through them once.
        list.value = [...others, ...now.filter((note) => note !== undefined)].sort(byModified);
      }
      error.value = null;
    } catch (thrown) {
      stale = 'all';
      error.value = errorText(thrown);
    }
    resting = true;
    const pause = Math.max(LEAST_PAUSE_MS, 5 * (performance.now() - began));
    setTimeout(() => {
      resting = false;
      if (watchers > 0 && isStale() && !error.value) void refresh();
    }, pause);
  }
  const isStale = (): boolean => stale === 'all' || stale.size > 0;
  function refresh(): Promise<void> {
    running ??= read().finally(() => {
      running = null;
    });
    return running;
  }

  effect(() => {
    engine.notesVersion.value;
    const ids = engine.lastChanged.peek();
    if (ids.length === 0) stale = 'all';
    else if (stale !== 'all') {
      for (const id of ids) stale.add(id);
      if (stale.size >= ALL_FROM) stale = 'all';
    }
    if (watchers > 0 && !resting && !running) void refresh();
  });

  return {
    notes: list,
    error,
    watch() {
      watchers++;
      if (isStale()) void refresh();
      return () => {
        watchers--;
      };
    },
    async fresh() {
      while (running || (isStale() && !error.peek())) await refresh();
      return list.peek() ?? [];
    },
  };
}

function storeOf(ctx: AppContext): Store {
  let store = stores.get(ctx);
  if (!store) {
    store = createStore(ctx);
    stores.set(ctx, store);
  }
  return store;
}

/** All notes, newest first, kept fresh while a view that uses them is shown; null at first. */
export function useNoteList(active = true): { notes: NoteMeta[] | null; error: string | null } {
  const store = storeOf(useApp());
  useEffect(() => (active ? store.watch() : undefined), [store, active]);
  return { notes: store.notes.value, error: store.error.value };
}

/** All notes, newest first, as they are now. */
export const freshNoteList = (ctx: AppContext): Promise<NoteMeta[]> => storeOf(ctx).fresh();
