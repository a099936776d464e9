/**
 * The query language: words, "exact phrases", -words, and filters by operators
 * (`query-operators.ts`), such as `tag:` or `is:pinned`. Pure. What cannot be understood is
 * searched as words, and a hint says so. The worker searches by it, the page shows what is
 * understood.
 */
import type { QueryHint } from './protocol.ts';
import {
  ANY_OPERATOR,
  type DateOperator,
  OPERATORS,
  type OperatorName,
  type OperatorWord,
  type TextOperator,
  takesDate,
  takesText,
} from './query-operators.ts';

export type Filter = { not: boolean } & (
  | { kind: TextOperator; value: string }
  /** Start of the day, month or year named, epoch milliseconds, in local time. */
  | { kind: DateOperator; at: number }
  | { kind: OperatorWord }
);

/** A part of a query that does more than a plain word. */
export interface Piece {
  /** Where it stands in the query, UTF-16 units, end exclusive. */
  start: number;
  end: number;
  /** `words`: to be found as they stand, or, turned round, not at all. */
  means: Filter | { kind: 'words'; value: string; not: boolean };
}

export interface Query {
  /** What is ranked by, and embedded: words, and those of the phrases. */
  text: string;
  phrases: string[];
  /** Words and phrases that a note must not have. */
  excluded: string[];
  filters: Filter[];
  /** The phrases, exclusions and filters once more, in the order in which they were typed. */
  pieces: Piece[];
  hint: QueryHint | null;
}

/** A piece of a query: perhaps `-`, perhaps `name:`, then a quoted or a bare value. */
const PIECE = new RegExp(
  `(-?)(?:(${ANY_OPERATOR}):)?(?:["“„]([^"“”„]*)["”“]|(\\S+))|(\\S+)`,
  'giu',
);
/** An operator without its value. */
const DANGLING = new RegExp(`^(-?)(${ANY_OPERATOR}):$`, 'i');

/**
 * Reads a query as typed. Never fails: what is not understood is searched as words, and `hint` says
 * so.
 */
export function parseQuery(raw: string): Query {
  const query: Query = {
    text: '',
    phrases: [],
    excluded: [],
    filters: [],
    pieces: [],
    hint: null,
  };
  const words: string[] = [];
  for (const { 0: piece, 1: minus, 2: name, 3: quoted, 4: bare, index } of raw.matchAll(PIECE)) {
    const understood = (means: Piece['means']) =>
      query.pieces.push({ start: index, end: index + piece.length, means });
    const not = minus === '-';
    const value = (quoted ?? bare ?? '').trim();
    if (name !== undefined) {
      const filter = filterOf(name.toLowerCase() as OperatorName, value, not);
      if ('kind' in filter) {
        query.filters.push(filter);
        understood(filter);
      } else {
        query.hint ??= { ...filter, piece };
        words.push(value);
      }
    } else if (quoted !== undefined) {
      if (!HAS_WORD.test(value)) continue;
      understood({ kind: 'words', value, not });
      if (not) query.excluded.push(value);
      else {
        query.phrases.push(value);
        words.push(value);
      }
    } else if (not && HAS_WORD.test(value)) {
      query.excluded.push(value);
      understood({ kind: 'words', value, not });
    } else {
      // `tag:` alone is a filter being typed, no word.
      if (DANGLING.test(piece)) query.hint ??= { code: 'empty', piece };
      else words.push(piece);
      if (/["“”„]/.test(piece)) query.hint ??= { code: 'quote', piece };
    }
  }
  query.text = words.join(' ').trim();
  return query;
}

/** Whether there is anything to look for, or to filter by. */
export const isEmpty = ({ text, excluded, filters }: Query): boolean =>
  text === '' && excluded.length === 0 && filters.length === 0;

/** Whether the words and phrases are looked for in comments, and nowhere else. */
export const isInComments = ({ filters }: Query): boolean =>
  filters.some(({ kind, not }) => kind === 'comments' && !not);

/** The query without one of its pieces; what is left stands apart by one space. */
export function without(raw: string, { start, end }: Piece): string {
  const [before, after] = [raw.slice(0, start).trimEnd(), raw.slice(end).trimStart()];
  return before && after ? `${before} ${after}` : before || after;
}

/** A letter or a digit of any script. */
const HAS_WORD = /[\p{L}\p{N}]/u;

function filterOf(
  name: OperatorName,
  value: string,
  not: boolean,
): Filter | Pick<QueryHint, 'code'> {
  if (takesDate(name)) {
    const at = startOf(value);
    return at === null ? { code: 'date' } : { kind: name, at, not };
  }
  if (takesText(name)) return HAS_WORD.test(value) ? { kind: name, value, not } : { code: 'empty' };
  const kind = OPERATORS[name].takes.find((known) => known === value.toLowerCase());
  return kind ? { kind, not } : { code: 'is' };
}

/** YYYY, YYYY-MM or YYYY-MM-DD; null for anything else, 30 February included. */
function startOf(text: string): number | null {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  const date = new Date(2000, 0, 1);
  // The constructor would take years below 100 for those of the last century.
  date.setFullYear(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : null;
}
