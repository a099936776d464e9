import { useEffect, useState } from 'preact/hooks';

/** The count is spoken once typing rests. */
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
