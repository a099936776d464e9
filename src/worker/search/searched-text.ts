/** What of a note is found by its words. Pure. */
import { type NoteDocument, parse } from '../../markdown/document.ts';
import { asides, plainText } from '../../markdown/plain-text.ts';

/** Texts that words and phrases are looked for in, each by itself. */
export interface SearchedParts {
  /** What a person reads; then each address, each language of code, the front matter. */
  usual: string[];
  /** The remarks, which are searched by `in:comments` alone. */
  comments: string[];
}

export function searchedParts(doc: NoteDocument): SearchedParts {
  const usual = [plainText(doc).text];
  const comments: string[] = [];
  for (const { what, text } of asides(doc)) (what === 'comment' ? comments : usual).push(text);
  return { usual, comments };
}

/** The same of a note's text, as the keyword indexes take it. Reads the text once. */
export function searchedText(text: string): { usual: string; comments: string } {
  const { usual, comments } = searchedParts(parse(text));
  return { usual: usual.join('\n'), comments: comments.join('\n') };
}
