/**
 * Debounce and dedup: which notes wait, and when they are due. Pure; the caller passes the time.
 *
 * - A note waits once, however often it is asked for.
 * - Each ordinary request puts the batch off to `debounceMs` after it, but never past `maxWaitMs`
 *   after the first one that waits.
 * - Urgent notes are due at once and do not disturb the others' wait.
 */
export class PendingSet {
  readonly #notes = new Map<string, { urgent: boolean }>();
  readonly #debounceMs: number;
  readonly #maxWaitMs: number;
  #first = 0;
  #last = 0;
  #urgent = 0;

  constructor(debounceMs: number, maxWaitMs: number) {
    this.#debounceMs = debounceMs;
    this.#maxWaitMs = maxWaitMs;
  }

  /** Notes that wait, each once. */
  get size(): number {
    return this.#notes.size;
  }

  /** A copy, in the order in which they came. */
  ids(): ReadonlySet<string> {
    return new Set(this.#notes.keys());
  }

  /** `now`: monotonic ms. */
  add(note: string, now: number, urgent: boolean): 'queued' | 'merged' {
    const waiting = this.#notes.get(note);
    if (this.#notes.size - this.#urgent === 0) this.#first = now;
    if (!urgent) this.#last = now;
    if (waiting) {
      if (urgent && !waiting.urgent) {
        waiting.urgent = true;
        this.#urgent++;
      }
      return 'merged';
    }
    this.#notes.set(note, { urgent });
    if (urgent) this.#urgent++;
    return 'queued';
  }

  /** When the next drain gives something, monotonic ms; null when nothing waits. */
  dueAt(): number | null {
    if (this.#notes.size === 0) return null;
    if (this.#urgent > 0) return Number.NEGATIVE_INFINITY;
    return Math.min(this.#last + this.#debounceMs, this.#first + this.#maxWaitMs);
  }

  /** Takes out what is due: all, when the debounce has run out, else the urgent ones. */
  drain(now: number): string[] {
    const all =
      this.#notes.size > this.#urgent &&
      now >= Math.min(this.#last + this.#debounceMs, this.#first + this.#maxWaitMs);
    const due = [...this.#notes].filter(([, { urgent }]) => all || urgent).map(([note]) => note);
    for (const note of due) this.#notes.delete(note);
    this.#urgent = 0;
    return due;
  }

  /** Takes all out, due or not. @returns their ids */
  clear(): string[] {
    const all = [...this.#notes.keys()];
    this.#notes.clear();
    this.#urgent = 0;
    return all;
  }
}
