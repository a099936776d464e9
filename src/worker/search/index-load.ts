import { FindlingError, toFindlingError } from '../../errors.ts';
import type { Clock } from '../clock.ts';

/** Exponential backoff before a failed load is tried again, first and longest pause, ms. */
const BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 5 * 60_000;

/**
 * Loads of the resident index, and whether it can be relied on. Vectors that are not resident are
 * taken for garbage, and notes for gone, so what a failed load left behind counts for nothing until
 * a later one has succeeded.
 */
export class IndexLoad {
  readonly #load: () => Promise<void>;
  readonly #clock: Clock;
  readonly #onWhole: () => void;
  #underWay = 0;
  #loaded = false;
  /** Failures so far; then those since the last success. */
  #failures = 0;
  #inARow = 0;
  #error: FindlingError | null = null;
  #cancelRetry: () => void = () => {};
  #ended = false;
  #followed: Promise<void> = Promise.resolve();

  /** @param onWhole all that is stored has become resident */
  constructor(load: () => Promise<void>, clock: Clock, onWhole: () => void) {
    this.#load = load;
    this.#clock = clock;
    this.#onWhole = onWhole;
  }

  /** Whether all that is stored is resident. */
  get whole(): boolean {
    return this.#loaded && this.#underWay === 0 && this.#error === null;
  }

  /** Why it is not, and will not be before the next try; null while a load is under way. */
  get failed(): FindlingError | null {
    return this.#underWay === 0 ? this.#error : null;
  }

  /** Loads all. Never rejects: a failure is in `failed`, and tried again later. */
  async run(): Promise<void> {
    if (this.#ended) return;
    this.#cancelRetry();
    const failuresBefore = this.#failures;
    this.#underWay++;
    try {
      await this.#load();
      // One that began before the last failure may have missed what that one missed.
      if (this.#failures === failuresBefore) {
        this.#loaded = true;
        this.#error = null;
        this.#inARow = 0;
      }
    } catch (thrown) {
      this.#fail(thrown);
    } finally {
      this.#underWay--;
    }
    if (this.whole) this.#onWhole();
  }

  /** A change that was not taken in is as bad as a load that failed. */
  follow(change: Promise<void>): void {
    const noted = change.catch((thrown) => this.#fail(thrown));
    this.#followed = this.#followed.then(() => noted);
  }

  /** Resolves when it is known what became of all changes so far. */
  followed(): Promise<void> {
    return this.#followed;
  }

  /** No load begins any more. */
  end(): void {
    this.#ended = true;
    this.#cancelRetry();
  }

  #fail(thrown: unknown): void {
    const error = toFindlingError(thrown);
    this.#failures++;
    this.#error =
      error.code === 'unknown'
        ? new FindlingError('index-unread', undefined, { cause: thrown })
        : error;
    this.#cancelRetry();
    if (this.#ended) return;
    console.error('not all notes could be read', thrown);
    const wait = Math.min(LONGEST_BACKOFF_MS, BACKOFF_MS * 2 ** this.#inARow++);
    this.#cancelRetry = this.#clock.after(wait, () => void this.run());
  }
}
