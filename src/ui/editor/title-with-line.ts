/** Keeps a note's title and the line `title:` of its front matter the same, as either is edited. */
import type { Draft } from './autosave.ts';
import type * as TitleLine from './title-line.ts';

let rules: typeof TitleLine | null = null;

/** Only such a text may have the line. */
const mayHaveLine = (text: string): boolean => /^\uFEFF?---/.test(text);

/** Fetches the rules for a note that may need them. What fails is tried again at the next note. */
export function fetchTitleLine(text: string): void {
  if (rules || !mayHaveLine(text)) return;
  import('./title-line.ts').then(
    (fetched) => {
      rules = fetched;
    },
    () => {},
  );
}

/** What was typed, with the line after the title, or the title after the line. */
export function withLine(before: Draft, typed: Draft): Draft {
  const { title, text } = typed;
  if (!mayHaveLine(text)) return typed;
  fetchTitleLine(text);
  if (!rules) return typed;
  if (title !== before.title) return { title, text: rules.withTitle(text, title) };
  if (text === before.text) return typed;
  return { title: rules.titleAfter(before.text, text, title), text };
}
