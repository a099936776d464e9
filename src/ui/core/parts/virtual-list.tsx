import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Props<T> {
  items: readonly T[];
  /** Every row is exactly this high, px. */
  rowHeight: number;
  label: string;
  keyOf(item: T): string;
  children(item: T): ComponentChildren;
}

/** Rows drawn above and below what is seen, so that tabbing and quick scrolling find them. */
const SPARE = 8;
/** Rows drawn before the height is known. */
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

  // While it is only scrolled, rows that stay in sight are the very same: Preact passes them over.
  const made = useRef<{ items: unknown; children: unknown; rows: Map<number, VNode> } | null>(null);
  if (made.current?.items !== items || made.current.children !== children) {
    made.current = { items, children, rows: new Map() };
  }
  const { rows } = made.current;
  const start = Math.min(from, Math.max(0, items.length - FIRST));
  const end = Math.min(to, items.length);
  for (const index of rows.keys()) if (index < start || index >= end) rows.delete(index);
  const shown: VNode[] = [];
  for (let index = start; index < end; index++) {
    let row = rows.get(index);
    if (!row) {
      const item = items[index]!;
      row = (
        <li
          key={keyOf(item)}
          aria-setsize={items.length}
          aria-posinset={index + 1}
          style={{ transform: `translateY(${index * rowHeight}px)`, height: `${rowHeight}px` }}
        >
          {children(item)}
        </li>
      );
      rows.set(index, row);
    }
    shown.push(row);
  }
  return (
    <ul
      ref={list}
      class="rows"
      aria-label={label}
      style={{ height: `${items.length * rowHeight}px` }}
    >
      {shown}
    </ul>
  );
}
