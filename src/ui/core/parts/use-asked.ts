import { useRef, useState } from 'preact/hooks';

/** One dialog that was asked for. */
interface Asked<T> {
  /** What it is about. */
  about: T;
  /** Its key: each time it is asked for, another dialog is drawn. */
  nth: number;
}

/**
 * Which dialog is open. A browser hides a dialog at once and says later that it is closed: one that is
 * asked for in between must open, and must not be closed by the word of the one before.
 */
export function useAsked<T>() {
  const [asked, setAsked] = useState<Asked<T> | null>(null);
  const count = useRef(0);
  return {
    asked,
    ask(about: T): void {
      setAsked({ about, nth: ++count.current });
    },
    /** That dialog is closed. */
    closed(nth: number): void {
      setAsked((now) => (now?.nth === nth ? null : now));
    },
  };
}
