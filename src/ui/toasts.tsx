import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { S } from './strings.ts';

export interface Toast {
  id: number;
  text: string;
  action?: { label: string; run(): void };
}

/** How long a notice stays; it waits while it is pointed at or holds the focus. */
const SHOWN_MS = 10_000;
const AT_MOST = 3;

const toasts = signal<Toast[]>([]);
let lastId = 0;

/** Says something in passing; it survives a change of page. Returns a way to take it back. */
export function toast(text: string, action?: Toast['action']): () => void {
  const id = ++lastId;
  toasts.value = [...toasts.value, { id, text, action }].slice(-AT_MOST);
  return () => remove(id);
}

function remove(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id);
}

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
          onClick={() => {
            remove(id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" class="icon" aria-label={S.dismiss} onClick={() => remove(id)}>
        ×
      </button>
    </div>
  );
}
