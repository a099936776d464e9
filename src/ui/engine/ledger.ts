import type { EnqueueResult, Release } from '../../protocol.ts';

/**
 * The page's book of credits: who is in the channel or the worker's pending set, and who may still
 * be sent. Pure.
 *
 * A note in the book is sent again (a touch) only to put its debounce off, one touch at a time, so
 * that ten thousand saves of one note are two messages under way, not ten thousand.
 */
export class Ledger {
  readonly capacity: number;
  readonly #held = new Map<string, { credits: number; again: boolean; urgent: boolean }>();
  readonly #onChange: (inUse: number) => void;
  #inUse = 0;

  /** @param onChange told of `inUse` whenever credits were taken or came back */
  constructor(capacity: number, onChange: (inUse: number) => void = () => {}) {
    this.capacity = capacity;
    this.#onChange = onChange;
  }

  /** Credits taken: requests in the channel and the pending set together. */
  get inUse(): number {
    return this.#inUse;
  }

  /** What becomes of a request; `send`: a credit was taken for it, post it now. */
  admit(note: string, urgent: boolean): { result: EnqueueResult; send: boolean } {
    const entry = this.#held.get(note);
    const free = this.#inUse < this.capacity;
    if (!entry) {
      if (!free) return { result: 'full', send: false };
      this.#held.set(note, { credits: 1, again: false, urgent });
      this.#use(1);
      return { result: 'queued', send: true };
    }
    if (entry.credits > 1 || !free) {
      entry.again = true;
      entry.urgent ||= urgent;
      return { result: 'merged', send: false };
    }
    entry.credits++;
    this.#use(1);
    return { result: 'merged', send: true };
  }

  /** A credit came back. Tells whether the note must be sent once more; its credit is then taken. */
  release(note: string, how: Release): { resend: boolean; urgent: boolean } {
    const entry = this.#held.get(note);
    if (!entry) return { resend: false, urgent: false };
    entry.credits--;
    const resend = entry.again && how !== 'closed';
    const { urgent } = entry;
    if (resend) {
      entry.again = false;
      entry.credits++;
    } else this.#use(-1);
    if (entry.credits === 0) this.#held.delete(note);
    return { resend, urgent };
  }

  /** The worker is gone: all credits are back, the notes are pending in storage. */
  clear(): void {
    this.#held.clear();
    this.#use(-this.#inUse);
  }

  #use(credits: number): void {
    this.#inUse += credits;
    this.#onChange(this.#inUse);
  }
}
