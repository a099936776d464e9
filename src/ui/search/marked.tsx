/** Cuts a text at its marked ranges; what does not fit the text is left unmarked. */
export function segments(
  text: string,
  marks: readonly (readonly [number, number])[],
): { text: string; marked: boolean }[] {
  const parts: { text: string; marked: boolean }[] = [];
  let at = 0;
  for (const [start, end] of marks) {
    if (start < at || end <= start || end > text.length) continue;
    if (start > at) parts.push({ text: text.slice(at, start), marked: false });
    parts.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false });
  return parts;
}

/**
 * A text with its matches in `<mark>`.
 * @param marks ranges in UTF-16 units, ordered and disjoint
 */
export function Marked({ text, marks }: { text: string; marks: readonly [number, number][] }) {
  return (
    <>
      {segments(text, marks).map((part, i) =>
        part.marked ? <mark key={i}>{part.text}</mark> : part.text,
      )}
    </>
  );
}
