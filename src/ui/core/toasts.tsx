import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { S } from './strings.ts';

export interface Toast {
  id: number;
  text: string;
  /**
   * `keys`: a shortcut that does the same, as `aria-keyshortcuts` has it; `decline`: a button that
   * does nothing.
   */
  action?: { label: string; run(): void; keys?: string; decline?: string };
  /** Runs when it goes, for whatever reason. */
  onGone?(): void;
}

/** How long a notice stays, ms; it waits while it is pointed at or holds the focus. */
const SHOWN_MS = 10_000;
/** Notices at once. */
const AT_MOST = 3;
/** Notices with a button are not pushed out by others, up to this many. */
const OFFERS_AT_MOST = 6;

const toasts = signal<Toast[]>([]);
let lastId = 0;

/** Says something in passing; it survives a change of page. Returns a way to take it back. */
export function toast(text: string, action?: Toast['action'], onGone?: () => void): () => void {
  const id = ++lastId;
  show(fitting([...toasts.value, { id, text, action, onGone }]));
  return () => remove(id);
}

/** Those that stay when there are too many, oldest first: what offers nothing gives way first. */
export function fitting<T extends Pick<Toast, 'action'>>(all: readonly T[]): T[] {
  const offers = all.filter(({ action }) => action).slice(-OFFERS_AT_MOST);
  const others = all.filter(({ action }) => !action);
  const kept = new Set([...offers, ...others.slice(-Math.max(1, AT_MOST - offers.length))]);
  return all.filter((one) => kept.has(one));
}

function show(next: Toast[]): void {
  const gone = toasts.value.filter((one) => !next.includes(one));
  toasts.value = next;
  for (const { onGone } of gone) onGone?.();
}

function remove(id: number): void {
  show(toasts.value.filter((one) => one.id !== id));
}

/** The notices at the edge of the window; a live region. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-label={S.notices}>
      {toasts.value.map((one) => (
        <ToastLine key={one.id} toast={one} />
      ))}
    </div>
  );
}

function ToastLine({ toast: { id, text, action } }: { toast: Toast }) {
  const timer = useRef(0);
  const start = () => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => remove(id), SHOWN_MS);
  };
  const hold = () => clearTimeout(timer.current);
  useEffect(() => {
    start();
    return hold;
  }, []);
  return (
    <div
      class="toast"
      onPointerEnter={hold}
      onPointerLeave={start}
      onFocusIn={hold}
      onFocusOut={start}
    >
      <span dir="auto">{text}</span>
      {action && (
        <button
          type="button"
          class="link"
          aria-keyshortcuts={action.keys}
          onClick={() => {
            // First: what is gone may no longer be undone.
            action.run();
            remove(id);
          }}
        >
          {action.label}
        </button>
      )}
      {action?.decline && (
        <button type="button" class="link" onClick={() => remove(id)}>
          {action.decline}
        </button>
      )}
      <button type="button" class="icon" aria-label={S.dismiss} onClick={() => remove(id)}>
        ×
      </button>
    </div>
  );
}
