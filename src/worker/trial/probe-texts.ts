import { SIMILAR_PAIRS } from '../search/calibration-pairs.ts';

/**
 * Short texts, and passages of usual length: what is embedded to get to know a model or a device.
 */
export const PROBE_TEXTS: readonly string[] = SIMILAR_PAIRS.slice(0, 8).flat();

/** Passages in one batch when speed is measured. */
const TIMED = 8;
/** Pairs put together to one text of a passage's length. */
const PAIRS_IN_ONE = 4;
/** Those passages. */
export const TIMED_TEXTS: readonly string[] = Array.from({ length: TIMED }, (_, i) =>
  SIMILAR_PAIRS.slice(i * PAIRS_IN_ONE, (i + 1) * PAIRS_IN_ONE)
    .flat()
    .join(' '),
);
