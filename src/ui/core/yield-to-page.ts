interface Yielding {
  scheduler?: { yield?(): Promise<void> };
}

/**
 * Yields: the browser handles input and draws before this resolves. By `scheduler.yield` where
 * there is one.
 */
export const yieldToPage = (): Promise<void> =>
  (globalThis as Yielding).scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
