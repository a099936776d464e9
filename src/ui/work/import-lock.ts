/**
 * Imports and restores keep images before the notes that show them. Whoever imports or restores
 * holds this lock, shared, in whatever tab; whoever deletes unused images needs it alone.
 */
const lockOf = (workspace: string): string => `findling-bringing-in:${workspace}`;

/** Runs an import or a restore; it waits while unused images are being deleted. */
export const whileImporting = <T>(workspace: string, work: () => Promise<T>): Promise<T> =>
  navigator.locks.request(lockOf(workspace), { mode: 'shared' }, work);

/** Runs `work` if no tab imports or restores; none begins until it has ended. */
export const unlessImporting = (workspace: string, work: () => Promise<void>): Promise<void> =>
  navigator.locks.request(lockOf(workspace), { ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
