/** Which notes a query's filters let through. Pure. */

import { withoutExportIds } from '../../note-files.ts';
import type { Filter } from '../../query.ts';
import type { PropertyAsked } from '../../query-properties.ts';
import type { NoteMeta } from '../../storage/schema.ts';
import { fold, termsOf } from '../../words/terms.ts';

export type NoteFacts = Pick<
  NoteMeta,
  'title' | 'path' | 'tags' | 'pinned' | 'modified' | 'aliases' | 'properties'
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
    case 'has':
      return valuesOf(note, filter.value) !== null;
    case 'property':
      return agrees(valuesOf(note, filter.name) ?? [], filter);
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

/** What a note says under a name; null where it does not have it. */
function valuesOf(note: NoteFacts, name: string): readonly string[] | null {
  const wanted = fold(name);
  const known: Record<string, readonly string[]> = {
    tags: note.tags,
    tag: note.tags,
    aliases: note.aliases ?? [],
    alias: note.aliases ?? [],
    title: [note.title],
  };
  const listed = Object.hasOwn(known, wanted) ? known[wanted] : undefined;
  if (listed) return listed.length > 0 ? listed : null;
  const found = note.properties?.find(([own]) => fold(own) === wanted);
  return found ? found.slice(1) : null;
}

function agrees(values: readonly string[], { sign, value }: PropertyAsked): boolean {
  const wanted = fold(value);
  if (sign === '!=') return values.length > 0 && values.every((one) => fold(one) !== wanted);
  return values.some((one) => {
    if (sign === '=') return fold(one) === wanted;
    if (sign === ':') return fold(one) === wanted || hasPhrase(one, value);
    const order = compare(one, value);
    if (order === null) return false;
    return sign.startsWith('<')
      ? order < 0 || (sign === '<=' && order === 0)
      : order > 0 || (sign === '>=' && order === 0);
  });
}

const ISO_DATE = /^\d{4}-\d\d(?:-\d\d)?(?:[T ][\d:.]+)?$/;

/** Numbers with numbers, dates with dates; null for what cannot be compared. */
function compare(a: string, b: string): number | null {
  if (a.trim() !== '' && Number.isFinite(Number(a)) && Number.isFinite(Number(b))) {
    return Number(a) - Number(b);
  }
  if (!ISO_DATE.test(a) || !/^\d{4}(?:-\d\d){0,2}(?:[T ][\d:.]+)?$/.test(b)) return null;
  // A day lies within its month.
  const same = a.slice(0, b.length).replace(' ', 'T');
  return same < b.replace(' ', 'T') ? -1 : same > b.replace(' ', 'T') ? 1 : 0;
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
