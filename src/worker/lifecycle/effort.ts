import type { Effort } from '../../engine-settings.ts';
import { LIMITS } from '../../limits.ts';

/**
 * How much of the time indexing may take: the person's choice, and what the device asks for. Pure;
 * times are monotonic ms.
 */
export class EffortKeeper {
  effort: Effort = 'full';
  #spare = false;
  #lastPresence = Number.NEGATIVE_INFINITY;

  /** Somebody uses a tab. `spare`: low battery, or the browser was told to save data. */
  presence(now: number, spare: boolean): void {
    this.#lastPresence = now;
    this.#spare = spare;
  }

  /** How long indexing is held back for the person's sake, ms; 0: not at all. */
  heldBackMs(now: number): number {
    if (this.effort !== 'idle') return 0;
    return Math.max(0, this.#lastPresence + LIMITS.idleAfterMs - now);
  }

  /** The rest due after a slice of `workedMs`: as long again, for at most half of the time. */
  restMs(workedMs: number): number {
    return this.effort === 'gentle' || this.#spare ? workedMs : 0;
  }
}
