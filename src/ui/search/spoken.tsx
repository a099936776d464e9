import { useEffect, useState } from 'preact/hooks';

/** Debounce of the spoken count of results, ms. */
const SPOKEN_AFTER_MS = 700;

/** Says a text to those who listen, politely. */
export function Spoken({ text }: { text: string }) {
  const [said, say] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => say(text), SPOKEN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <span class="hidden" aria-live="polite">
      {said}
    </span>
  );
}
