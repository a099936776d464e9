import type { Excerpt } from '../../../markdown/sentence-around.ts';

/** What is said of a note: sentences, with the words for it marked. */
export function Excerpts({ says }: { says: readonly Excerpt[] }) {
  return (
    <>
      {says.map(({ text, mark: [from, to] }) => (
        <p key={text} class="quiet excerpt" dir="auto">
          {text.slice(0, from)}
          <mark>{text.slice(from, to)}</mark>
          {text.slice(to)}
        </p>
      ))}
    </>
  );
}
