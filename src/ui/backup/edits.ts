/** Changes of a text that can be taken back: what a note's file has, and its note has not. Pure. */

/** Where it stands in the changed text, how long it is there, and what stood in its place. */
export type Edit = [at: number, length: number, was: string];

/** A text, and the edits that made it, in order. */
export interface Edited {
  text: string;
  edits: Edit[];
}

/** Replaces what a pattern finds; null leaves it as it is. */
export function replaceAll(
  text: string,
  pattern: RegExp,
  by: (match: RegExpMatchArray) => string | null,
): Edited {
  const edits: Edit[] = [];
  let written = '';
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    const put = by(match);
    if (put === null) continue;
    written += text.slice(done, match.index);
    edits.push([written.length, put.length, match[0]]);
    written += put;
    done = match.index + match[0].length;
  }
  return { text: written + text.slice(done), edits };
}

/** The text as it was before. Edits that do not fit are left out. */
export function undone(text: string, edits: readonly Edit[]): string {
  let was = '';
  let done = 0;
  for (const [at, length, before] of edits) {
    if (at < done || at + length > text.length) continue;
    was += text.slice(done, at) + before;
    done = at + length;
  }
  return was + text.slice(done);
}

/** Edits as a file of another making may hold them; null for anything else. */
export function readEdits(value: unknown): Edit[] | null {
  if (!Array.isArray(value)) return null;
  const isEdit = (one: unknown): one is Edit =>
    Array.isArray(one) &&
    Number.isInteger(one[0]) &&
    one[0] >= 0 &&
    Number.isInteger(one[1]) &&
    one[1] >= 0 &&
    typeof one[2] === 'string';
  return value.every(isEdit) ? value : null;
}
