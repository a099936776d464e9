/**
 * THE table of the query's operators, `name:value`: what the parser understands, what is completed
 * while it is typed, and what the hints name. Imports nothing, for the first screen has it.
 *
 * `takes`: any text with a word in it, a date, or one of the words named. `completes`: what the
 * page offers while the value is typed; words that are named are offered anyway.
 */
export const OPERATORS = {
  tag: { takes: 'text', completes: 'tags' },
  path: { takes: 'text', completes: 'folders' },
  title: { takes: 'text' },
  has: { takes: 'text', completes: 'properties' },
  before: { takes: 'date' },
  after: { takes: 'date' },
  is: { takes: ['pinned'] },
  in: { takes: ['comments'] },
} as const satisfies Record<string, Operator>;

interface Operator {
  takes: 'text' | 'date' | readonly string[];
  completes?: 'tags' | 'folders' | 'properties';
}

type Table = typeof OPERATORS;
export type OperatorName = keyof Table;
type Taking<What> = {
  [Name in OperatorName]: Table[Name]['takes'] extends What ? Name : never;
}[OperatorName];
/** Operators that take any text, and those that take a date. */
export type TextOperator = Taking<'text'>;
export type DateOperator = Taking<'date'>;
/** Operators that take one of a few words, and all of these words: no two operators share one. */
export type WordOperator = Taking<readonly string[]>;
export type OperatorWord = Table[WordOperator]['takes'][number];

const names = Object.keys(OPERATORS) as OperatorName[];
const completed = (name: OperatorName): Operator['completes'] =>
  (OPERATORS[name] as Operator).completes;

/** The few words that an operator takes; none of any other. */
export function wordsAfter(name: string): readonly string[] {
  const takes = name in OPERATORS ? OPERATORS[name as OperatorName].takes : 'text';
  return typeof takes === 'string' ? [] : takes;
}

/** All names, as alternatives of a regular expression. */
export const ANY_OPERATOR = names.join('|');
/** Names whose values are completed, the same way. */
export const COMPLETED_OPERATOR = names
  .filter((name) => completed(name) || wordsAfter(name).length > 0)
  .join('|');

/** Whether an operator takes a date. */
export const takesDate = (name: OperatorName): name is DateOperator =>
  OPERATORS[name].takes === 'date';
/** Whether it takes any text. */
export const takesText = (name: OperatorName): name is TextOperator =>
  OPERATORS[name].takes === 'text';

/** What may be typed instead of `is:done`, or another piece whose operator takes a few words. */
export function insteadOf(piece: string): string[] {
  const name = piece.replace(/^-|:.*$/gs, '').toLowerCase() as WordOperator;
  return OPERATORS[name].takes.map((word) => `${name}:${word}`);
}

/** What completes the values of an operator. */
export const completesOf = (name: string): Operator['completes'] =>
  name in OPERATORS ? completed(name as OperatorName) : undefined;
