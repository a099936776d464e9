import type { FileNames } from '../../storage/notes/index.ts';
import type { AppContext } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { S } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { yieldToPage } from '../core/yield-to-page.ts';
import { namesNotice } from './names-notice.ts';
import { W } from './words.ts';

/** Work that takes longer shows how far it is, ms. */
const QUIET_MS = 400;

const isOver = ({ state }: FileNames): boolean => state === 'named' || state === 'undone';

/**
 * Gives the names, or goes on where an earlier page was cut off; says how many there were, as long as
 * nobody has read it.
 * @param leaving the workspace is left: what is not done is due at the next start
 */
export async function nameAtStart(ctx: AppContext, leaving: AbortSignal): Promise<void> {
  const known = await (await ctx.notes.fileNames()).state();
  if (!known || !isOver(known)) await runNames(ctx, leaving);
  else if (!leaving.aborted) offerUndo(ctx, known);
}

/** Runs all steps that are left, with progress. @returns how far it is; it may have been left */
export async function runNames(
  ctx: AppContext,
  leaving = new AbortController().signal,
): Promise<FileNames> {
  const { notes, engine } = ctx;
  const names = await notes.fileNames();
  const total = await notes.total();
  const began = performance.now();
  try {
    for (;;) {
      const { state, changed } = await names.step();
      if (changed.length > 0) engine.announce(changed);
      if (leaving.aborted) return state;
      if (isOver(state)) {
        namesNotice.value = null;
        if (state.state === 'undone') toast(W.takenBack);
        else offerUndo(ctx, state);
        return state;
      }
      if (performance.now() - began > QUIET_MS) {
        const text =
          state.state === 'undoing'
            ? W.takingBack(state.done, state.renamed)
            : W.naming(Math.min(state.done, total), total);
        namesNotice.value = { kind: 'status', text };
      }
      await yieldToPage();
    }
  } catch (thrown) {
    namesNotice.value = null;
    throw thrown;
  }
}

function offerUndo(ctx: AppContext, { state, renamed, dismissed }: FileNames): void {
  if (state !== 'named' || renamed === 0 || dismissed) return;
  namesNotice.value = {
    kind: 'status',
    text: W.named(renamed),
    action: { label: S.undo, run: () => void turnNames(ctx, 'undoing') },
    dismiss: () => {
      namesNotice.value = null;
      ctx.notes
        .fileNames()
        .then((names) => names.dismiss())
        .catch((thrown) => toast(errorText(thrown)));
    },
  };
}

/** Takes the names back, or gives them once more. @returns how far it is; null where it failed */
export async function turnNames(
  ctx: AppContext,
  to: 'undoing' | 'naming',
): Promise<FileNames | null> {
  namesNotice.value = null;
  try {
    await (await ctx.notes.fileNames()).turn(to);
    return await runNames(ctx);
  } catch (thrown) {
    toast(errorText(thrown));
    return null;
  }
}
