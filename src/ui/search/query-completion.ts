/** What operators such as `tag:` can go on to, from the notes there are. Pure. */
import { COMPLETED_OPERATOR, completesOf, wordsAfter } from '../../query-operators.ts';
import type { NoteMeta } from '../../storage/notes/index.ts';

/** Completions offered. */
const MOST = 8;

export interface Completion {
  /** What is offered: a tag, a folder, or a word that the operator takes. */
  label: string;
  /** The whole query with it filled in. */
  query: string;
}

/** An operator at the query's end whose value is being typed. */
const TYPED = new RegExp(`(?:^|\\s)(-?(${COMPLETED_OPERATOR}):)"?([^"\\s]*)$`, 'i');

/** Completions of the filter at the query's end; the most used first. */
export function completionsOf(query: string, notes: readonly Completing[]): Completion[] {
  const match = TYPED.exec(query);
  if (!match) return bracketCompletions(query, notes);
  const [, operator, kind, typed] = match;
  const begun = typed!.replace(/^#/, '').toLowerCase();
  const name = kind!.toLowerCase();
  const values = VALUES[completesOf(name) ?? 'folders'];
  const words = wordsAfter(name);
  const uses = new Map(words.map((word) => [word, 0]));
  for (const note of words.length > 0 ? [] : notes) {
    for (const value of values(note)) uses.set(value, (uses.get(value) ?? 0) + 1);
  }
  const before = query.slice(0, query.length - (match[0].trimStart().length || 0));
  return [...uses]
    .filter(([value]) => value.toLowerCase().includes(begun) && value.toLowerCase() !== begun)
    .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
    .slice(0, MOST)
    .map(([value]) => ({
      label: value,
      query: `${before}${operator}${/\s/.test(value) ? `"${value}"` : value} `,
    }));
}

/** A property at the query's end that is being typed: `[stat`, `[status:d`. */
const BRACKET = /(?:^|\s)(-?\[)([\p{L}][^[\]:<>=!]*)(?:([:=])([^[\]]*))?$/u;

function bracketCompletions(query: string, notes: readonly Completing[]): Completion[] {
  const match = BRACKET.exec(query);
  if (!match) return [];
  const [, open, typed, sign, begun] = match;
  const before = query.slice(0, query.length - match[0].trimStart().length);
  const name = typed!.trim().toLowerCase();
  const uses = new Map<string, number>();
  for (const { properties = [] } of notes) {
    for (const [own, ...values] of properties) {
      const offered = sign === undefined ? [own] : own === name ? values : [];
      for (const value of offered) uses.set(value, (uses.get(value) ?? 0) + 1);
    }
  }
  const wanted = (sign === undefined ? name : begun!.trim()).toLowerCase();
  return [...uses]
    .filter(([value]) => value.toLowerCase().startsWith(wanted) && !/["[\]]/.test(value))
    .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
    .slice(0, MOST)
    .map(([value]) => ({
      label: value,
      query: `${before}${open}${sign === undefined ? `${value}:` : `${name}${sign}${value}] `}`,
    }));
}

type Completing = Pick<NoteMeta, 'tags' | 'path' | 'properties'>;

const namesOf = ({ properties = [] }: Completing): string[] => properties.map(([name]) => name);

const tagsOf = ({ tags }: Pick<NoteMeta, 'tags'>): string[] => tags;

const VALUES = { tags: tagsOf, folders: foldersOf, properties: namesOf };

/** `a/b/note.md` lies in `a/` and `a/b/`. */
function foldersOf({ path }: Pick<NoteMeta, 'path'>): string[] {
  const folders = path.split('/').slice(0, -1);
  return folders.map((_, i) => `${folders.slice(0, i + 1).join('/')}/`);
}
