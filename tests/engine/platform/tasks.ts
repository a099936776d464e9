/**
 * The event loop as the platform sees it: every task goes through `setImmediate`, which is counted, so
 * that a test knows when nothing is left to happen but timers. Nothing here takes real time.
 */
const immediate = globalThis.setImmediate;
let queued = 0;

/** Counts the tasks of others, too: fake-indexeddb has its own in `setImmediate`. */
export function countTasks(): void {
  globalThis.setImmediate = ((run: (...args: unknown[]) => void, ...args: unknown[]) => {
    queued++;
    return immediate(() => {
      queued--;
      run(...args);
    });
  }) as typeof setImmediate;
}

/** Runs it as a task of its own, after those that are queued. */
export const task = (run: () => void): void => void setImmediate(run);

const turn = (): Promise<void> => new Promise((resolve) => void immediate(resolve));

/** So many turns in a row, without any time passing: something goes round and round. */
const MOST_TURNS = 100_000;

/** Resolves when no task is queued and no promise is about to go on. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns === 0 || queued > 0; turns++) {
    if (turns > MOST_TURNS) throw new Error('it goes round and round');
    await turn();
  }
}
