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

/** Waits until no import runs. */
export const importEnded = async (): Promise<void> => {
  await running?.ended.catch(() => {});
};

/** Cancels and waits: what was imported by then stays. */
export async function stopImport(): Promise<void> {
  cancelImport();
  await importEnded();
}
