/** The journal of this page, and what it takes up from pages that have ended. */
import { signal } from '@preact/signals';
import type { Notes } from '../../../storage/notes/index.ts';
import type { Journal } from '../../core/journal-types.ts';
import { recall, remember } from '../../core/web-storage.ts';
import { createJournal, holdWriterLock, writerLock } from './journal.ts';
import { type JournalPlace, readJournalKey } from './keys.ts';
import type { FoundDraft } from './replay.ts';

/** The id of the page that this tab showed last: after a reload it is about to end. */
const TAB = 'findling-tab';
/** How long a page that is reloaded may take to end, ms. */
const ENDING_MS = 2_000;
/** How long one that was closed may take, ms. */
const CLOSING_MS = 300;
/** How often its lock is asked for meanwhile, ms. */
const POLL_MS = 25;
/** When it is looked again whether tabs that have entries have ended, ms after the start. */
const LATER_MS = [1_000, 4_000, 15_000];

/** Text that no note has, until the person keeps or discards it. */
export const foundDrafts = signal<FoundDraft[]>([]);

export interface JournalSession {
  journal: Journal;
  /**
   * Takes up what ended pages left for this workspace.
   * @param workspaces ids of all there are
   * @returns the notes that were changed
   */
  takeUp(notes: Notes, workspaces: readonly string[]): Promise<string[]>;
  /** Goes on looking while tabs with entries live, and when this tab is looked at again. */
  watch(again: () => Promise<string[]>, onChanged: (ids: string[]) => void): () => void;
}

function localEntries(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** Where each entry of the journal stands. */
function* entriesIn(storage: Storage): Generator<JournalPlace & { key: string }> {
  // All at once: entries may go while they are looked at.
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '');
  for (const key of keys) {
    const place = readJournalKey(key);
    if (place) yield { ...place, key };
  }
}

/** Runs `work` holding a tab's lock. @returns false where the tab lives */
const withLock = (tab: string, work: () => Promise<void>): Promise<boolean> =>
  navigator.locks.request(writerLock(tab), { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return lock !== null;
  });

/** What the entries hold, as they are written: enough to find the address of an image in. */
export function* entryTexts(): Generator<string> {
  const storage = localEntries();
  if (!storage) return;
  for (const { key } of entriesIn(storage)) yield storage.getItem(key) ?? '';
}

/**
 * Removes what ended tabs had left of notes that are gone for good. A living tab's person decides.
 */
export async function forgetEntries(workspace: string, notes: readonly string[]): Promise<void> {
  const storage = localEntries();
  if (!storage || notes.length === 0) return;
  const gone = new Set(notes);
  for (const { key, tab, ...place } of entriesIn(storage)) {
    if (place.workspace !== workspace || !gone.has(place.note)) continue;
    await withLock(tab, async () => storage.removeItem(key));
  }
  foundDrafts.value = foundDrafts.value.filter(({ key }) => storage.getItem(key) !== null);
}

/** @param newId makes this page's id */
export async function openJournal(newId: () => string, now: () => number): Promise<JournalSession> {
  const tab = newId();
  const former = recall('session', TAB);
  remember('session', TAB, tab);
  const locked = await holdWriterLock(tab);
  // Without the lock another page could take this one's entries for those of an ended one.
  const storage = locked ? localEntries() : null;
  const journal = createJournal(tab, storage, now);
  let living = false;
  let started = false;

  /**
   * Waits for pages that are about to end, so that their last words are here from the start: the
   * one that this tab showed before a reload, and one that was closed a moment ago.
   */
  async function othersEnded(entries: Storage): Promise<void> {
    for (let waited = 0; waited < ENDING_MS; waited += POLL_MS) {
      const owners = new Set([...entriesIn(entries)].map((entry) => entry.tab));
      owners.delete(tab);
      for (const owner of owners) if (await withLock(owner, async () => {})) owners.delete(owner);
      const reloaded = former !== null && owners.has(former);
      if (owners.size === 0 || (waited >= CLOSING_MS && !reloaded)) return;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  return {
    journal,
    async takeUp(notes, workspaces) {
      // Mostly there is nothing, and the code for it need not be fetched.
      if (!storage || ![...entriesIn(storage)].some((entry) => entry.tab !== tab)) {
        living = false;
        foundDrafts.value = [];
        return [];
      }
      if (!started) await othersEnded(storage);
      started = true;
      const { replayJournal } = await import('./replay.ts');
      const { workspace } = notes;
      const deps = { storage, tab, workspace, workspaces, notes, withLock };
      const result = await replayJournal(deps);
      living = result.living;
      foundDrafts.value = result.found;
      return result.changed;
    },
    watch(again, onChanged) {
      const look = (): void => {
        if (document.visibilityState === 'hidden') return;
        void again().then(
          (changed) => {
            if (changed.length > 0) onChanged(changed);
          },
          // The entries stay; they are met again at the next look.
          () => {},
        );
      };
      const timers = LATER_MS.map((ms) => setTimeout(() => living && look(), ms));
      document.addEventListener('visibilitychange', look);
      return () => {
        for (const timer of timers) clearTimeout(timer);
        document.removeEventListener('visibilitychange', look);
      };
    },
  };
}

/**
 * A found draft was kept or discarded: after that its entry goes.
 * @returns brings it back, to be decided again
 */
export function settleFound(found: FoundDraft): () => void {
  const storage = localEntries();
  const entry = storage?.getItem(found.key) ?? null;
  storage?.removeItem(found.key);
  foundDrafts.value = foundDrafts.value.filter(({ key }) => key !== found.key);
  return () => {
    try {
      if (entry !== null) storage?.setItem(found.key, entry);
    } catch {
      // Full: it is shown all the same, for as long as this page lives.
    }
    foundDrafts.value = [...foundDrafts.value, found];
  };
}
