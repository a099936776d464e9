import type { Engine } from '../core/engine-types.ts';
import type { PageEvents } from './page.ts';

/**
 * Compares the devices, where this tab is the one to do it and it was not done.
 * @returns whether it need not be asked again in this page
 */
export async function tryIfDue(
  engine: Engine,
  { document, navigator }: PageEvents,
  signal: AbortSignal,
): Promise<boolean> {
  if (document.visibilityState !== 'visible' || sparing(navigator)) return false;
  const { leader, passages } = await engine.health();
  if (!leader || passages === 0) return false;
  const { choice, due } = await engine.device();
  if (choice === 'auto' && due && !signal.aborted) await engine.tryDevices({ signal });
  return true;
}

/** It may cost a download of the larger runtime. */
const sparing = (navigator: Navigator): boolean =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData ?? false;
