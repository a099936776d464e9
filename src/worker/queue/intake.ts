import type { EmbedRequest, Release } from '../../protocol.ts';
import type { Clock } from '../clock.ts';
import type { PendingSet } from './debounce.ts';

/**
 * The worker's end of the bounded channel. A request's promise is its credit: it settles when the
 * note is taken into a batch, merged with one that waits, or refused because intake has closed.
 */
export class Intake {
  readonly #set: PendingSet;
  readonly #clock: Clock;
  readonly #onDue: () => void;
  readonly #credits = new Map<string, (release: Release) => void>();
  #cancelTimer: () => void = () => {};
  #closed = false;

  /** `onDue` fires when `take` would give something. */
  constructor(set: PendingSet, clock: Clock, onDue: () => void) {
    this.#set = set;
    this.#clock = clock;
    this.#onDue = onDue;
  }

  /** Notes that wait here, each of which holds a credit. */
  get depth(): number {
    return this.#set.size;
  }

  /** Ids of those notes. */
  waiting(): ReadonlySet<string> {
    return this.#set.ids();
  }

  /**
   * Takes a request in. Settles when its credit goes back: at once if merged or closed, else when
   * taken.
   */
  request({ note, urgent = false }: EmbedRequest): Promise<Release> {
    if (this.#closed) return Promise.resolve('closed');
    const verdict = this.#set.add(note, this.#clock.ticks(), urgent);
    this.#arm();
    if (verdict === 'merged') return Promise.resolve('merged');
    return new Promise((resolve) => this.#credits.set(note, resolve));
  }

  /** Whether a wait has run out by now. */
  isDue(): boolean {
    const at = this.#set.dueAt();
    return at !== null && at <= this.#clock.ticks();
  }

  /** Takes the due notes out and gives their credits back. */
  take(): string[] {
    const due = this.#set.drain(this.#clock.ticks());
    this.#release(due, 'taken');
    this.#arm();
    return due;
  }

  /** No more requests; those waiting stay pending in storage. */
  close(): void {
    this.#closed = true;
    this.#cancelTimer();
    this.#release(this.#set.clear(), 'closed');
  }

  #release(notes: string[], how: Release): void {
    for (const note of notes) {
      this.#credits.get(note)?.(how);
      this.#credits.delete(note);
    }
  }

  #arm(): void {
    this.#cancelTimer();
    const at = this.#set.dueAt();
    if (at === null) return;
    this.#cancelTimer = this.#clock.after(Math.max(0, at - this.#clock.ticks()), this.#onDue);
  }
}
