import { textChange } from '../../../text-change.ts';

/** Typing within so long of the key before is one step, ms. As the rich editor has it. */
const ONE_STEP_MS = 500;
/** Steps remembered. */
const MOST_STEPS = 200;
/**
 * Removed and inserted text remembered in all, UTF-16 units; older steps are forgotten beyond it.
 */
const MOST_TEXT = 2_000_000;

interface Step {
  from: number;
  removed: string;
  inserted: string;
}

export interface Shown {
  text: string;
  caret: number;
}

/** The undo history of one plain text. Pure: told of every change, with the time. */
export class TextHistory {
  #text: string;
  #done: Step[] = [];
  #undone: Step[] = [];
  /** The text before the newest step, while typing may still join it; else null. */
  #open: { before: string; at: number; end: number; step: boolean } | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  /** @param now ms, of any clock that does not go back */
  typed(text: string, now: number): void {
    if (text === this.#text) return;
    const change = textChange(this.#text, text);
    const open = this.#open;
    const goesOn =
      open !== null &&
      now - open.at < ONE_STEP_MS &&
      (change.from === open.end || change.to === open.end);
    const before = open && goesOn ? open.before : this.#text;
    if (open && goesOn && open.step) this.#done.pop();
    const step = this.#push(before, text);
    this.#open = { before, at: now, end: change.from + change.insert.length, step };
  }

  /** A change that is a step by itself, as when an earlier version is put in. */
  exchanged(text: string): void {
    if (text === this.#text) return;
    this.#push(this.#text, text);
    this.#open = null;
  }

  /**
   * Another text that nobody here wrote: what was done to the former one cannot be undone in it.
   */
  replaced(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    this.#done = [];
    this.#undone = [];
    this.#open = null;
  }

  /** Whether there is a step to take back. */
  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  /** Takes the last step back. @returns text and selection to show; null: no step */
  undo(): Shown | null {
    const step = this.#done.pop();
    if (!step) return null;
    this.#undone.push(step);
    return this.#exchange(step.from, step.inserted.length, step.removed);
  }

  /** Does the step again that was taken back last. @returns as `undo` */
  redo(): Shown | null {
    const step = this.#undone.pop();
    if (!step) return null;
    this.#done.push(step);
    return this.#exchange(step.from, step.removed.length, step.inserted);
  }

  #exchange(from: number, length: number, insert: string): Shown {
    this.#text = this.#text.slice(0, from) + insert + this.#text.slice(from + length);
    this.#open = null;
    return { text: this.#text, caret: from + insert.length };
  }

  /** @returns whether it is a step: what was typed and deleted again within one leaves none */
  #push(before: string, now: string): boolean {
    const { from, to, insert } = textChange(before, now);
    this.#text = now;
    this.#undone = [];
    if (before === now) return false;
    this.#done.push({ from, removed: before.slice(from, to), inserted: insert });
    let size = 0;
    let first = this.#done.length;
    while (first > 0 && this.#done.length - first < MOST_STEPS) {
      const { removed, inserted } = this.#done[first - 1]!;
      size += removed.length + inserted.length;
      if (size > MOST_TEXT) break;
      first--;
    }
    if (first > 0) this.#done = this.#done.slice(first);
    return true;
  }
}
