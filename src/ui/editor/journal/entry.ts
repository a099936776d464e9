/** What stands in the journal for one note of one tab. Pure. */

import type { UnsavedDraft } from '../../../storage/notes/index.ts';
import { joinChanges, type TextChange, textChange } from '../../../text-change.ts';
import { draftHash } from '../../../text-hash.ts';
import type { Unsaved } from '../../core/journal-types.ts';

/**
 * Up to here the whole text is written at every key; of a longer one what changed, UTF-16 units.
 */
export const WHOLE_UNITS = 32_000;
/** A longer entry is not written: the page asks before it is left, UTF-16 units. */
export const LONGEST_ENTRY = 256_000;

/** What is asked for at every key and stays the same from one save to the next. */
export interface Memory {
  hash(title: string, text: string): string;
  change(old: string, now: string): TextChange;
}

/** Remembers the last two answers of each kind: there are at most two bases. */
export function createMemory(): Memory {
  const hash = remembered(draftHash);
  const change = remembered(textChange);
  return { hash, change };
}

function remembered<T>(ask: (a: string, b: string) => T): (a: string, b: string) => T {
  let known: { a: string; b: string; answer: T }[] = [];
  return (a, b) => {
    // The very same strings, nearly always: comparing them costs nothing.
    const found = known.find((one) => one.a === a && one.b === b);
    if (found) return found.answer;
    const answer = ask(a, b);
    known = [{ a, b, answer }, ...known].slice(0, 2);
    return answer;
  };
}

/**
 * @param at epoch ms
 * @returns the entry as it is stored; null where it is too long
 */
export function writeEntry(unsaved: Unsaved, at: number, memory: Memory): string | null {
  const { seq, title, text, change, bases } = unsaved;
  const whole = !change && text.length <= WHOLE_UNITS;
  const entry: StoredEntry = {
    v: 1,
    at,
    seq,
    title,
    text: whole ? text : null,
    bases: bases.map((base) => ({
      revision: base.revision,
      hash: memory.hash(base.title, base.text),
      change: whole ? null : changeFrom(base.text, unsaved, memory),
    })),
  };
  let length = title.length + (entry.text?.length ?? 0);
  for (const { change: one } of entry.bases) length += one?.insert.length ?? 0;
  return length > LONGEST_ENTRY ? null : JSON.stringify(entry);
}

/** What leads from a base to the text as it is now. */
function changeFrom(base: string, { text, change }: Unsaved, memory: Memory): TextChange {
  if (base === text) return change ?? { from: 0, to: 0, insert: '' };
  const sofar = memory.change(base, text);
  return change ? joinChanges(sofar, change, text) : sofar;
}

export interface StoredEntry extends Omit<UnsavedDraft, 'note' | 'by'> {
  v: 1;
  /** When it was written, epoch ms. */
  at: number;
  seq: number;
}
