import { effect, signal } from '@preact/signals';
import type { FoundWorkspace } from '../../storage/workspaces/found.ts';
import type { Workspaces } from '../../storage/workspaces.ts';
import { workspacesChanged } from './workspaces-changed.ts';

/** Databases with notes that no workspace of the list has: the person keeps or deletes them. */
export const foundWorkspaces = signal<readonly FoundWorkspace[]>([]);

/** After the first screen, which does not need it, ms. */
const LOOK_AFTER_MS = 1_000;

/** Looks for them once, and again whenever the list of workspaces has changed. */
export function watchFound(workspaces: Workspaces): void {
  const look = async (): Promise<void> => {
    const { findUnknown } = await import('../../storage/workspaces/found.ts');
    foundWorkspaces.value = await findUnknown(workspaces.ids);
  };
  setTimeout(() => {
    effect(() => {
      workspacesChanged.value;
      // It is no part of anything that a person began: the next start looks again.
      look().catch(() => {});
    });
  }, LOOK_AFTER_MS);
}
