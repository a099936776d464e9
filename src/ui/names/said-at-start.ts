import type { AppContext } from '../core/context.ts';
import { yieldToPage } from '../core/yield-to-page.ts';

/**
 * Reads the tags and properties that notes of earlier versions say, or goes on where an earlier page was
 * cut off. Nobody waits for it.
 * @param leaving the workspace is left: what is not done is due at the next start
 */
export async function readTagsAtStart(ctx: AppContext, leaving: AbortSignal): Promise<void> {
  while (!leaving.aborted) {
    const changed = await ctx.notes.saidTags();
    if (changed === null) return;
    if (changed.length > 0) ctx.engine.announce(changed);
    await yieldToPage();
  }
}
