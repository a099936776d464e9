/** Whether the browser keeps what is stored here, and whether it has taken it. */
import { effect } from '@preact/signals';
import type { Workspaces } from '../../storage/workspaces.ts';
import type { AppContext } from './context.ts';
import { forget, recall, remember } from './web-storage.ts';

/** Notes from which on the browser is asked to keep the storage. */
const WORTH_KEEPING = 5;
/** In localStorage, which outlives an eviction of the databases: which database had notes. */
const HAD_NOTES = 'findling-library';
/**
 * In localStorage: whether the browser was asked. An installed app asks once more, as it is granted
 * more often.
 */
const ASKED = 'findling-asked-to-keep';

/** Asks the browser to keep what is stored: some ask the person, so once. */
export async function askToKeep(): Promise<void> {
  const how = matchMedia('(display-mode: standalone)').matches ? 'installed' : 'tab';
  const before = recall('local', ASKED);
  if (before === how || before === 'installed') return;
  remember('local', ASKED, how);
  await navigator.storage?.persist?.().catch(() => false);
}

/** Asks once there are a few notes, and leaves the mark by which an eviction is known. */
export function watchLibrary({ notes, workspaces, engine }: AppContext): () => void {
  let marked = false;
  let asked = false;
  return effect(() => {
    engine.notesVersion.value;
    if (marked && asked) return;
    void (async () => {
      const total = await notes.total();
      if (total >= 1 && !marked) {
        marked = true;
        remember('local', HAD_NOTES, (await workspaces.birth()) ?? '');
      }
      if (total >= WORTH_KEEPING && !asked) {
        asked = true;
        await askToKeep();
      }
    })().catch(() => {});
  });
}

/** Whether there were notes here that the browser has cleared since the last visit. */
export async function wasEvicted(workspaces: Workspaces): Promise<boolean> {
  const had = recall('local', HAD_NOTES);
  if (!had || had === (await workspaces.birth())) return false;
  forgetLibrary();
  return true;
}

/** The notes are gone, and that was said. */
export const forgetLibrary = (): void => forget('local', HAD_NOTES);
