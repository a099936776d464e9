/** The import under way, apart from the importer itself, which is loaded only when needed. */
let running: { abort(): void; ended: Promise<unknown> } | null = null;

export const importRunning = (): boolean => running !== null;

export function importBegan(abort: () => void, ended: Promise<unknown>): void {
  const mine = { abort, ended };
  running = mine;
  void ended.finally(() => {
    if (running === mine) running = null;
  });
}

export const cancelImport = (): void => running?.abort();

/** Cancels and waits: what was imported by then stays. */
export async function stopImport(): Promise<void> {
  const { ended } = running ?? {};
  cancelImport();
  await ended?.catch(() => {});
}
