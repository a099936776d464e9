import { W } from '../words.ts';
import type { Heading } from './outline.ts';

/** The note's headings; one alone says nothing. */
export function Outline({
  headings,
  onGo,
}: {
  headings: readonly Heading[];
  onGo(heading: Heading): void;
}) {
  if (headings.length < 2) return null;
  const top = Math.min(...headings.map(({ level }) => level));
  return (
    <section class="outline">
      <h2 id="outline">{W.outline}</h2>
      <ul aria-labelledby="outline">
        {headings.map((heading) => (
          <li key={`${heading.at}`} class={`depth-${Math.min(3, heading.level - top)}`}>
            <button type="button" dir="auto" onClick={() => onGo(heading)}>
              {heading.text}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
