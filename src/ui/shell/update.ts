import { signal } from '@preact/signals';
import { PROTOCOL_VERSION } from '../../protocol.ts';
import type { Notice } from '../core/engine-types.ts';
import { toast } from '../core/toasts.tsx';
import { saveAllDrafts } from '../editor/drafts.ts';
import { workRunning } from '../work/long-work.ts';
import { watchForUpdate } from './service-worker.ts';
import { W } from './words.ts';

/** What there is to say about a newer version of the app. */
export const updateNotice = signal<Notice | null>(null);

let heardOf: number | null = null;

/** Another tab runs another version: said once, for reloading the older one helps. */
export function sayOtherVersion(version: number): void {
  if (version === heardOf) return;
  heardOf = version;
  const newer = version > PROTOCOL_VERSION;
  updateNotice.value = {
    kind: 'alert',
    text: newer ? W.newerTab : W.olderTab,
    ...(newer && { action: { label: W.reload, run: () => location.reload() } }),
    dismiss: hide,
  };
}

const hide = (): void => {
  updateNotice.value = null;
};

/**
 * Offers a newer version, and moves this tab to it once it was accepted, here or in another tab:
 * never while text is unsaved, an import or a restore runs or the engine commits.
 * @param rest saves everything and stops the engine; false where something cannot be saved
 */
export function watchUpdates(rest: () => Promise<boolean>, now: () => number): void {
  const moveOn = async (): Promise<void> => {
    if (await rest()) return location.reload();
    updateNotice.value = {
      kind: 'alert',
      text: W.updateHeld,
      action: { label: W.reload, run: () => void moveOn() },
    };
  };
  const accept = async (takeOver: () => void): Promise<void> => {
    if (workRunning()) toast(W.updateWorking);
    else if (await saveAllDrafts()) takeOver();
    else toast(W.updateUnsaved);
  };
  const onWaiting = (takeOver: () => void): void => {
    updateNotice.value = {
      kind: 'status',
      text: W.updateReady,
      action: { label: W.updateNow, run: () => void accept(takeOver) },
      dismiss: hide,
    };
  };
  void watchForUpdate({ onWaiting, onTaken: () => void moveOn() }, now);
}
