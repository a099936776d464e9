import type { AppContext } from '../core/context.ts';
import { openTexts } from '../editor/drafts.ts';
import { entryTexts } from '../editor/journal/session.ts';
import { unlessImporting } from '../work/import-lock.ts';
import { deleteForGood } from './delete-for-good.ts';

/** Held by the tab that looks after the trash, as long as it shows the workspace. */
const lockOf = (workspace: string): string => `findling-trash:${workspace}`;
/** Longest wait for an idle moment, ms. */
const PATIENCE_MS = 1_000;

/**
 * Notes this start, deletes for good what is due, then images that nothing shows any more. One tab
 * of a workspace does so, and keeps its lock: tabs that are opened beside it are no starts of their
 * own, or two that a browser opens together would agree on a clock that is wrong.
 * @param leaving the workspace is left: what is not done is due at the next start
 */
export async function purgeAtStart(ctx: AppContext, leaving: AbortSignal): Promise<void> {
  const workspace = ctx.workspace.id;
  const mayContinue = async (): Promise<boolean> => {
    await idle();
    return !leaving.aborted;
  };
  await navigator.locks.request(lockOf(workspace), { ifAvailable: true }, async (lock) => {
    if (!lock || leaving.aborted) return;
    const deleted = await ctx.notes.deleted();
    await deleteForGood(ctx, await deleted.due(), mayContinue);
    await unlessImporting(workspace, async () => {
      await deleted.sweepAttachments({ unsaved, pause: mayContinue });
    });
    await aborted(leaving);
  });
}

/** What is typed and not stored yet, in this tab and in others. */
function* unsaved(): Generator<string> {
  yield* openTexts();
  yield* entryTexts();
}

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    // Safari has none.
    if ('requestIdleCallback' in globalThis) {
      requestIdleCallback(() => resolve(), { timeout: PATIENCE_MS });
    } else setTimeout(resolve);
  });

const aborted = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
