interface Yielding {
  scheduler?: { yield?(): Promise<void> };
}

/** Lets the page have its turn. */
export const breathe = (): Promise<void> =>
  (globalThis as Yielding).scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
