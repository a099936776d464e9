import type { AppContext } from './context.ts';
import { errorText } from './errors-text.ts';
import { S } from './strings.ts';
import { toast } from './toasts.tsx';

/** @returns false when there is nothing left to take back; rejects when it should be tried again */
export type TakeBack = (ctx: AppContext) => Promise<boolean>;

interface Step {
  /** Id of the workspace in which it was done. */
  workspace: string;
  takeBack: TakeBack;
  /** Ends the notice that offers it. */
  close(): void;
}

/** What Ctrl+Z outside of a text takes back, newest last: of this tab, for as long as it lives. */
const steps: Step[] = [];

/** Takes a step off the list. @returns whether it was on it */
function forget(step: Step): boolean {
  const at = steps.indexOf(step);
  if (at >= 0) steps.splice(at, 1);
  return at >= 0;
}

async function attempt(ctx: AppContext, step: Step): Promise<boolean> {
  step.close();
  try {
    return await step.takeBack(ctx);
  } catch (thrown) {
    steps.push(step);
    toast(errorText(thrown));
    return true;
  }
}

/** Lets Ctrl+Z outside of a text take something back. @returns ends that */
export function undoable({ workspace }: AppContext, takeBack: TakeBack): () => void {
  const step: Step = { workspace: workspace.id, takeBack, close() {} };
  steps.push(step);
  return () => void forget(step);
}

/**
 * Says what was done and offers to undo it, by a button and by Ctrl+Z outside of a text.
 * @param lasting Ctrl+Z still takes it back when the notice is gone
 * @returns ends the offer
 */
export function offerUndo(
  ctx: AppContext,
  said: string,
  takeBack: TakeBack,
  lasting = false,
): () => void {
  const step: Step = { workspace: ctx.workspace.id, takeBack, close() {} };
  const run = async (): Promise<void> => {
    if (forget(step) && !(await attempt(ctx, step))) toast(S.cannotUndo);
  };
  steps.push(step);
  step.close = toast(
    said,
    { label: S.undo, keys: 'Control+Z Meta+Z', run: () => void run() },
    () => {
      if (!lasting) forget(step);
    },
  );
  return () => {
    forget(step);
    step.close();
  };
}

/** Takes back the last thing that can be; steps that are void by now are passed over. */
export async function undoLast(ctx: AppContext): Promise<void> {
  for (;;) {
    const step = steps.findLast(({ workspace }) => workspace === ctx.workspace.id);
    if (!step) return;
    forget(step);
    if (await attempt(ctx, step)) return;
  }
}
