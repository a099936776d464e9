/** Silence after which a leader counts as stuck, at least, ms. */
const SILENCE_MS = 10_000;
/** Loading a model and compiling it may keep a worker from speaking for this long, ms. */
const LOADING_SILENCE_MS = 60_000;
/** Exponential backoff between two steals, from twice the silence allowed: longest pause, ms. */
const LONGEST_BACKOFF_MS = 10 * 60_000;

/** How long a slice may last before its worker counts as stuck, ms. */
export const stuckAfterMs = (longestSliceMs: number): number =>
  Math.max(SILENCE_MS, 5 * longestSliceMs);

/**
 * A follower's watch over its leader. Silence is suspicious only while there is work to do. Half
 * way it asks for an answer; a healthy leader answers at once. Pure: the caller passes the
 * time, monotonic ms.
 */
export class Watchdog {
  #lastHeard: number;
  #asked = false;
  #expectsWork = true;
  #limitMs = SILENCE_MS;
  #steals = 0;
  #notBefore = Number.NEGATIVE_INFINITY;

  constructor(now: number) {
    this.#lastHeard = now;
  }

  /** The leader spoke. `longestSliceMs`: its longest slice so far. */
  heard(now: number, status: 'loading' | 'idle' | 'busy', longestSliceMs: number): void {
    this.#lastHeard = now;
    this.#asked = false;
    this.#expectsWork = status !== 'idle';
    this.#limitMs = status === 'loading' ? LOADING_SILENCE_MS : stuckAfterMs(longestSliceMs);
    if (status === 'idle') this.#steals = 0;
  }

  /** The watcher itself led, or slept: what it did not hear meanwhile is no one's fault. */
  startOver(now: number): void {
    this.#lastHeard = now;
    this.#asked = false;
  }

  /** Notes were saved: from now on the leader owes an answer. */
  workCame(now: number): void {
    if (this.#expectsWork) return;
    this.#expectsWork = true;
    this.#lastHeard = now;
    this.#asked = false;
  }

  /** What to do now; `steal` also starts the backoff before it may steal again. */
  check(now: number): 'wait' | 'ask' | 'steal' {
    if (!this.#expectsWork) return 'wait';
    const silence = now - this.#lastHeard;
    if (silence > this.#limitMs && this.#asked && now >= this.#notBefore) {
      this.#notBefore = now + Math.min(LONGEST_BACKOFF_MS, this.#limitMs * 2 ** ++this.#steals);
      this.#lastHeard = now;
      this.#asked = false;
      return 'steal';
    }
    if (silence > this.#limitMs / 2 && !this.#asked) {
      this.#asked = true;
      return 'ask';
    }
    return 'wait';
  }
}
