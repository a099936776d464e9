/**
 * Keys in `kv` of one number each. A purge (`notes/purge.ts`) raises `PURGED` in its transaction.
 * The leader sets `PURGES_DONE` to the same number once nothing of the purged notes is left in what
 * the worker keeps: vectors, keyword index, map.
 */
export const PURGED = 'purged';
/** The number of the last purge that the worker has followed. */
export const PURGES_DONE = 'purges-done';
