import { type NoteDocument, parse } from '../../markdown/document.ts';

let last: NoteDocument | null = null;

/** Reads a note. Outline, word count and reading view ask for the same text: it is read once. */
export function readNote(text: string): NoteDocument {
  if (last?.text !== text) last = parse(text);
  return last;
}
