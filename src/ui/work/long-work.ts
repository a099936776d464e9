/**
 * An import or a restore under way. It lives outside every page: it continues while the person is
 * elsewhere, is shown everywhere and can be cancelled from everywhere. One at a time in a tab.
 */
import { signal } from '@preact/signals';
import type { Page } from '../core/router.ts';
import { whileImporting } from './import-lock.ts';

export type WorkKind = 'import' | 'restore';

export interface Work {
  kind: WorkKind;
  /** null while it is not known how much there is. */
  progress: { done: number; total: number } | null;
  /** It waits for the person to resume it. */
  paused?: boolean;
}

/** Page on which each kind of work is begun. */
export const PAGE_OF: Record<WorkKind, Page> = { import: 'import', restore: 'settings' };

/** Why work ends early: the person's own wish, or something else that it can continue after. */
export type WorkEnd = 'cancelled' | 'interrupted';

const work = signal<Work | null>(null);
export const longWork = { get: () => work.value, peek: () => work.peek() };

let running: { controller: AbortController; ended: Promise<unknown> } | null = null;

const warn = (event: BeforeUnloadEvent): void => event.preventDefault();

/** Whether an import or a restore runs in this tab. */
export const workRunning = (): boolean => running !== null;

/** How far it is; ignored when nothing runs. */
export function showProgress(progress: Work['progress']): void {
  const now = work.peek();
  if (now) work.value = { ...now, progress };
}

/** Whether it waits; ignored when nothing runs. */
export function showPaused(paused: boolean): void {
  const now = work.peek();
  if (now) work.value = { ...now, paused };
}

/**
 * Runs work to its end; leaving the page is asked about meanwhile.
 * @param body ends early when the signal aborts, whose `reason` is a `WorkEnd`
 * @returns false, without having run it, when other work runs
 */
export async function runWork(
  kind: WorkKind,
  workspace: string,
  body: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  if (running) return false;
  const controller = new AbortController();
  work.value = { kind, progress: null };
  addEventListener('beforeunload', warn);
  const ended = whileImporting(workspace, () => body(controller.signal));
  const mine = { controller, ended };
  running = mine;
  try {
    await ended;
  } finally {
    removeEventListener('beforeunload', warn);
    if (running === mine) running = null;
    work.value = null;
  }
  return true;
}

/** The person ends it; what was written stays. */
export const cancelWork = (): void => running?.controller.abort('cancelled' satisfies WorkEnd);

/** Waits until no work runs. */
export const workEnded = async (): Promise<void> => {
  await running?.ended.catch(() => {});
};

/** Ends it and waits: what was written by then stays, and it can continue later. */
export async function stopWork(): Promise<void> {
  running?.controller.abort('interrupted' satisfies WorkEnd);
  await workEnded();
}
