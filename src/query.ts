/**
 * The query language: words, "exact phrases", beginnings*, -words, AND, OR and NOT between words, and
 * filters by operators (`query-operators.ts`), such as `tag:` or `is:pinned`. Pure. What cannot be understood is
 * searched as words, and a hint says so. The worker searches by it, the page shows what is
 * understood.
 */
import type { QueryHint } from './protocol.ts';
import { type DateContext, dateContext, dateOf, MOST_DATE_WORDS } from './query-dates.ts';
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
import { type PropertyAsked, propertyAt } from './query-properties.ts';

export type Filter = { not: boolean } & (
  | { kind: TextOperator; value: string }
  /** Start of the day, month or year named, epoch milliseconds, in local time. */
  | { kind: DateOperator; at: number }
  | { kind: OperatorWord }
  | PropertyAsked
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
  /** Words that a note must have: those beside an AND. */
  required: string[];
  /** Words, and phrases, that a note must not have. */
  excluded: string[];
  excludedPhrases: string[];
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
 * What may follow a `-` that leaves a word out: three letters, or one character that is a word. A
 * shorter one is an option or a number: `-T`, `-rf`, `-20`.
 */
const EXCLUDED =
  /^(?:\p{L}[\p{L}\p{M}'’]{2}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])/u;
const CONNECTIVE = /^(?:AND|OR|NOT)$/;

/**
 * Reads a query as typed. Never fails: what is not understood is searched as words, and `hint` says
 * so.
 *
 * @param dates by what dates are understood; the reader's own, today, if left out
 */
export function parseQuery(raw: string, dates: DateContext = dateContext(Date.now())): Query {
  const query: Query = {
    text: '',
    phrases: [],
    required: [],
    excluded: [],
    excludedPhrases: [],
    filters: [],
    pieces: [],
    hint: null,
  };
  const words: string[] = [];
  // A sentence in capitals has no connectives.
  const connects = /\p{Ll}/u.test(raw);
  /** The word before, if it is a plain one, and the connective between. */
  let last: Word | null = null;
  let connective: Word | null = null;
  const pieces = new RegExp(PIECE);
  for (let match = pieces.exec(raw); match; match = pieces.exec(raw)) {
    const { 0: piece, 1: minus, 2: name, 3: quoted, 4: bare, index: start } = match;
    const understood = (means: Piece['means'], from = start) =>
      query.pieces.push({ start: from, end: pieces.lastIndex, means });
    const property = propertyAt(raw, start);
    const before: Word | null = connective;
    connective = null;
    const isOut = before?.text === 'NOT';
    const from = isOut ? before!.start : start;
    if (property) {
      const filter = { ...property.asked, not: property.not !== isOut };
      query.filters.push(filter);
      pieces.lastIndex = property.end;
      understood(filter, from);
      last = FILTER;
      continue;
    }
    const not = (minus === '-') !== isOut;
    const value = (quoted ?? bare ?? '').trim();
    if (name !== undefined) {
      const operator = name.toLowerCase() as OperatorName;
      const date = takesDate(operator) && bare !== undefined && longDate(raw, start, piece, dates);
      if (date) pieces.lastIndex = date.end;
      const filter = date
        ? { kind: operator, at: date.at, not }
        : filterOf(operator, value, not, dates);
      if ('kind' in filter) {
        query.filters.push(filter as Filter);
        understood(filter as Filter, from);
      } else {
        query.hint ??= { ...filter, piece };
        words.push(value);
      }
      last = 'kind' in filter ? FILTER : null;
    } else if (quoted !== undefined) {
      if (!HAS_WORD.test(value)) continue;
      // Beside an OR any of both will do.
      const isEither = !not && before?.text === 'OR';
      if (!isEither) understood({ kind: 'words', value, not }, from);
      if (not) query.excludedPhrases.push(value);
      else {
        if (!isEither) query.phrases.push(value);
        words.push(value);
      }
      last = not ? null : { text: '', phrase: value, start, end: pieces.lastIndex };
    } else if (minus === '-' && !isOut && EXCLUDED.test(value)) {
      query.excluded.push(value);
      understood({ kind: 'words', value, not: true });
      last = null;
    } else if (
      connects &&
      CONNECTIVE.test(piece) &&
      (last || piece === 'NOT') &&
      // Filters all hold: there is no either of two.
      !(last === FILTER && piece === 'OR') &&
      goesOn(raw, pieces)
    ) {
      if (piece === 'OR' && last?.phrase !== undefined) release(query, last);
      connective = { text: piece, start, end: pieces.lastIndex };
    } else if (isOut) {
      query.excluded.push(piece);
      understood({ kind: 'words', value: piece, not: true }, from);
      last = null;
    } else {
      // `tag:` alone is a filter being typed, no word.
      const isTyped = DANGLING.test(piece) && !(/^i[ns]:$/i.test(piece) && goesOn(raw, pieces));
      if (isTyped) query.hint ??= { code: 'empty', piece };
      else words.push(piece);
      if (/["“”„]/.test(piece)) query.hint ??= { code: 'quote', piece };
      const word: Word = { text: piece, start, end: pieces.lastIndex };
      if (before?.text === 'AND') for (const one of [last, word]) require(query, one);
      last = word;
    }
  }
  query.text = words.join(' ').trim();
  return query;
}

interface Word {
  /** '' for a phrase or a filter, which is wanted anyway. */
  text: string;
  phrase?: string;
  start: number;
  end: number;
}

/** Stands for a filter before a connective. */
const FILTER: Word = { text: '', start: 0, end: 0 };

/** A phrase that need not be there, since another thing will do as well. */
function release(query: Query, { phrase, start }: Word): void {
  query.phrases = query.phrases.filter((one) => one !== phrase);
  query.pieces = query.pieces.filter((piece) => piece.start !== start);
}

function require(query: Query, word: Word | null): void {
  if (!word?.text || query.required.includes(word.text)) return;
  const { text: value, start, end } = word;
  query.required.push(value);
  query.pieces.push({ start, end, means: { kind: 'words', value, not: false } });
}

/** Whether a word comes next. */
const goesOn = (raw: string, { lastIndex }: RegExp): boolean =>
  /^\s+["“„]?[^\s"“„-]/.test(raw.slice(lastIndex)) && HAS_WORD.test(raw.slice(lastIndex));

/** UTF-16 units of `after:` in which a date is looked for. */
const LONGEST_DATE = 60;

/** A date of several words after an operator, the longest that is one: `after:last week`. */
function longDate(
  raw: string,
  start: number,
  piece: string,
  dates: DateContext,
): { at: number; end: number } | null {
  const from = start + piece.indexOf(':') + 1;
  const ends = Array.from(
    raw.slice(from, from + LONGEST_DATE).matchAll(/\S+/g),
    ({ 0: word, index }) => index + word.length,
  );
  for (const end of ends.slice(1, MOST_DATE_WORDS).reverse()) {
    const at = dateOf(raw.slice(from, from + end), dates);
    if (at !== null) return { at, end: from + end };
  }
  return null;
}

/** Whether there is anything to look for, or to filter by. */
export const isEmpty = ({ text, excluded, excludedPhrases, filters }: Query): boolean =>
  text === '' && excluded.length === 0 && excludedPhrases.length === 0 && filters.length === 0;

/** Whether the words and phrases are looked for in comments, and nowhere else. */
export const isInComments = ({ filters }: Query): boolean =>
  filters.some(({ kind, not }) => kind === 'comments' && !not);

/** The query without one of its pieces; what is left stands apart by one space. */
export function without(raw: string, { start, end }: Piece): string {
  const [before, after] = [raw.slice(0, start).trimEnd(), raw.slice(end).trimStart()];
  return before && after ? `${before} ${after}` : before || after;
}

/** A letter or a digit of any script, or an emoji. */
const HAS_WORD = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

function filterOf(
  name: OperatorName,
  value: string,
  not: boolean,
  dates: DateContext,
): Filter | Pick<QueryHint, 'code'> {
  if (takesDate(name)) {
    const at = dateOf(value, dates);
    return at === null ? { code: 'date' } : { kind: name, at, not };
  }
  if (takesText(name)) return HAS_WORD.test(value) ? { kind: name, value, not } : { code: 'empty' };
  const kind = OPERATORS[name].takes.find((known) => known === value.toLowerCase());
  return kind ? { kind, not } : { code: 'is' };
}
