import { LIMITS } from '../../limits.ts';
import type { PageRealm } from './page.ts';

/** Charge, 0 to 1, below which the device asks to be spared. */
const LOW_BATTERY = 0.2;

interface Battery {
  level: number;
  charging: boolean;
}
interface SparingNavigator {
  getBattery?: () => Promise<Battery>;
  connection?: { saveData?: boolean };
}

/**
 * Tells that somebody uses this tab, for "Only when idle", and whether the device asks to be
 * spared: low on battery, or told to save data, where the browser says so.
 */
export function watchPresence(
  { page, clock }: PageRealm,
  tell: (spare: boolean) => void,
): () => void {
  const device = page.navigator as SparingNavigator;
  let battery: Battery | undefined;
  let last = Number.NEGATIVE_INFINITY;
  void device
    .getBattery?.()
    .then((found) => {
      battery = found;
    })
    .catch(() => {});
  const onUse = (): void => {
    if (clock.ticks() - last < LIMITS.presenceEveryMs) return;
    last = clock.ticks();
    const low = battery !== undefined && !battery.charging && battery.level <= LOW_BATTERY;
    tell(low || device.connection?.saveData === true);
  };
  const events = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;
  for (const event of events) page.addEventListener(event, onUse, { passive: true, capture: true });
  return () => {
    for (const event of events) page.removeEventListener(event, onUse, { capture: true });
  };
}
