import type { Journal } from '../../core/journal-types.ts';
import { createMemory, writeEntry } from './entry.ts';
import { journalKey } from './keys.ts';

/** Another page may take up a tab's entries only while it holds this lock. */
export const writerLock = (tab: string): string => `findling-writer:${tab}`;

/**
 * @param storage null where the browser keeps nothing, or locks are not to be had
 * @param now epoch ms
 */
export function createJournal(tab: string, storage: Storage | null, now: () => number): Journal {
  const memory = createMemory();
  let seq = 0;
  const put = (key: string, value: string | null): boolean => {
    if (value === null || !storage) return false;
    try {
      storage.setItem(key, value);
      return true;
    } catch {
      // Full, most likely. What was written of this note before stays: it is better than nothing.
      return false;
    }
  };
  return {
    tab,
    next: () => ++seq,
    write: (workspace, note, unsaved) =>
      put(journalKey(tab, workspace, note), writeEntry(unsaved, now(), memory)),
    clear(workspace, note) {
      try {
        storage?.removeItem(journalKey(tab, workspace, note));
      } catch {
        // It is judged again when it is met: it changes nothing then.
      }
    },
    writeAct: (workspace, name, act) =>
      put(journalKey(tab, workspace, name), JSON.stringify({ v: 1, at: now(), ...act })),
  };
}

/** Holds this page's lock until it ends; settles when it is held. @returns whether it is */
export function holdWriterLock(tab: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (!navigator.locks) return resolve(false);
    navigator.locks
      .request(writerLock(tab), () => {
        resolve(true);
        return new Promise<never>(() => {});
      })
      .catch(() => resolve(false));
  });
}
