/** Small things that are kept beside the databases; where the browser keeps none, nothing is. */

/** `local`: on this device; `session`: in this tab, until it is closed. */
type Area = 'local' | 'session';

// Asking for it may throw already.
const areaOf = (area: Area): Storage => (area === 'local' ? localStorage : sessionStorage);

/** null where nothing is stored, or storage is refused. */
export function recall(area: Area, key: string): string | null {
  try {
    return areaOf(area).getItem(key);
  } catch {
    return null;
  }
}

/** Where storage is refused or full, nothing happens. */
export function remember(area: Area, key: string, value: string): void {
  try {
    areaOf(area).setItem(key, value);
  } catch {
    // It holds until the page is closed.
  }
}

/** Where storage is refused, nothing happens. */
export function forget(area: Area, key: string): void {
  try {
    areaOf(area).removeItem(key);
  } catch {
    // It is not there either, then.
  }
}

/** Names of all that is kept, that of other apps at this origin included. */
export function keysOf(area: Area): string[] {
  try {
    return Object.keys(areaOf(area));
  } catch {
    return [];
  }
}

/** All keys of this app begin so; other apps may have keys at the same origin. */
export const isOurKey = (key: string): boolean => /^findling[-:]/.test(key);
