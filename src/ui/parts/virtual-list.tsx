import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Props<T> {
  items: readonly T[];
  /** Every row is exactly this high, px. */
  rowHeight: number;
  label: string;
  keyOf(item: T): string;
  children(item: T): ComponentChildren;
}

/** Rows kept above and below what is seen, so that tabbing and quick scrolling find them. */
const SPARE = 8;
/** Rows drawn before anything was measured. */
const FIRST = 24;

/** A list in the page's own scroll, of which only the rows in sight are in the document. */
export function VirtualList<T>({ items, rowHeight, label, keyOf, children }: Props<T>) {
  const list = useRef<HTMLUListElement>(null);
  const [[from, to], setWindow] = useState([0, FIRST]);

  useLayoutEffect(() => {
    let frame = 0;
    const measure = () => {
      frame = 0;
      const top = -(list.current?.getBoundingClientRect().top ?? 0);
      const first = Math.max(0, Math.floor(top / rowHeight) - SPARE);
      const last = Math.ceil((top + innerHeight) / rowHeight) + SPARE;
      setWindow((old) => (old[0] === first && old[1] === last ? old : [first, last]));
    };
    const later = () => {
      frame ||= requestAnimationFrame(measure);
    };
    measure();
    addEventListener('scroll', later, { passive: true });
    addEventListener('resize', later);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('scroll', later);
      removeEventListener('resize', later);
    };
  }, [rowHeight, items.length]);

  const start = Math.min(from, Math.max(0, items.length - FIRST));
  return (
    <ul
      ref={list}
      class="rows"
      aria-label={label}
      style={{ height: `${items.length * rowHeight}px` }}
    >
      {items.slice(start, to).map((item, i) => (
        <li
          key={keyOf(item)}
          aria-setsize={items.length}
          aria-posinset={start + i + 1}
          style={{
            transform: `translateY(${(start + i) * rowHeight}px)`,
            height: `${rowHeight}px`,
          }}
        >
          {children(item)}
        </li>
      ))}
    </ul>
  );
}
