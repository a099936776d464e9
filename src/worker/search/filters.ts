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
      const wanted = fold(filter.value.replace(/^#/, ''));
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

/** Whether a text has these words in this order, but for case, accents and punctuation. */
export function hasPhrase(text: string, phrase: string): boolean {
  return inWords(text).includes(inWords(phrase));
}
const inWords = (text: string): string => ` ${Array.from(termsOf(text), (t) => t.word).join(' ')} `;
