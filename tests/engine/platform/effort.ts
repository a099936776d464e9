/** All steps, kinds and seeds: `npm run test:long`. */
export const LONG = process.env.FINDLING_LONG === 'all';

/**
 * Where a short run begins among what it leaves out. The same for each commit, so that a failure is
 * the change's doing, until every step has been seen to pass; then the commit is to choose it.
 */
export const offset = (): number => Number(process.env.FINDLING_OFFSET ?? 0);
