/** Which notes a query's filters let through. Pure. */

import { withoutExportIds } from '../../note-files.ts';
import type { Filter } from '../../query.ts';
import type { NoteMeta } from '../../storage/schema.ts';
import { fold, termsOf } from '../../words/terms.ts';

export type NoteFacts = Pick<
  NoteMeta,
  'title' | 'path' | 'tags' | 'pinned' | 'modified' | 'aliases'
> & {
  /** Known where a filter asks for it. */
  hasComments?: boolean;
};

/** Every filter must agree; `not` turns one round. Dates are those of the last change. */
export function passes(note: NoteFacts, filters: readonly Filter[]): boolean {
  return filters.every((filter) => holds(note, filter) !== filter.not);
}

function holds(note: NoteFacts, filter: Filter): boolean {
  switch (filter.kind) {
    case 'pinned':
      return note.pinned;
    case 'comments':
      return note.hasComments === true;
    case 'before':
      return note.modified < filter.at;
    case 'after':
      return note.modified >= filter.at;
    case 'tag': {
      const wanted = fold(filter.value.replace(/^#|\/+$/g, ''));
      // `work` also means `work/projects`.
      return note.tags.map(fold).some((tag) => tag === wanted || tag.startsWith(`${wanted}/`));
    }
    case 'path':
      // As it is stored, and as it is shown.
      return [note.path, withoutExportIds(note.path)].some((path) =>
        fold(path).includes(fold(filter.value)),
      );
    case 'title':
      return [note.title, ...(note.aliases ?? [])].some((name) =>
        fold(name).includes(fold(filter.value)),
      );
  }
}

/**
 * Whether a text has these words in this order, but for case, accents and punctuation. What is one word
 * with a sign in it (`A-Company`) is one in the text, too.
 */
export function hasPhrase(text: string, phrase: string): boolean {
  const { inOrder, wholes } = readWords(phrase);
  const found = readWords(text);
  return found.inOrder.includes(inOrder) && [...wholes].every((whole) => found.wholes.has(whole));
}

function readWords(text: string): { inOrder: string; wholes: Set<string> } {
  const words: string[] = [];
  const wholes = new Set<string>();
  /** Where the last word begins: what is made of several begins before. */
  let last = 0;
  for (const { word, start, beside } of termsOf(text)) {
    if (!beside) {
      words.push(word);
      last = start;
    } else if (/\p{L}/u.test(word) && (start < last || /[+#@.]/.test(word))) {
      wholes.add(word);
    }
  }
  return { inOrder: ` ${words.join(' ')} `, wholes };
}
