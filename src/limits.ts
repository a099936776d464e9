import { WAIT_FACTOR } from './build-id.ts';

const wait = (ms: number): number => ms * WAIT_FACTOR;

/**
 * How long the engine waits on purpose, ms. A test may shorten all of it by one factor. What judges
 * silence by measured time (watchdog, deadlines) is not among it.
 */
export const LIMITS = {
  /** Quiet time after the last request before a batch starts. */
  debounceMs: wait(2_000),
  /** Longest a request may be put off by later ones. */
  maxWaitMs: wait(15_000),
  /** Without a key or a pointer for this long, the person counts as idle … */
  idleAfterMs: wait(20_000),
  /** … and using the app is told at most so often. */
  presenceEveryMs: wait(4_000),
  /**
   * Exponential backoff before a worker that ended is followed by another: first and longest pause.
   */
  restartBackoffMs: wait(500),
  longestRestartBackoffMs: wait(30_000),
  /**
   * Exponential backoff before the lease is asked for again after a failure: first and longest
   * pause.
   */
  leaseBackoffMs: wait(1_000),
  longestLeaseBackoffMs: wait(60_000),
  /** Pause before settings that could not be read are read again. */
  readAgainMs: wait(1_000),
  /** Between the start of the app and deleting for good what is due. */
  purgeAfterMs: wait(5_000),
  /** Between the start of the app and calling notes by their files. */
  namesAfterMs: wait(600),
} as const;
