/** Conflict copies become versions, and notes again by one press. */
import type { Accepting } from '../../storage/notes/index.ts';
import type { AppContext } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { toast } from '../core/toasts.tsx';
import { offerUndo } from '../core/undo-stack.ts';
import { C } from './words.ts';

/**
 * Keeps copies as versions and offers the way back.
 * @returns those that were kept; none where the notes were changed meanwhile
 */
export async function keepCopies(
  ctx: AppContext,
  copies: readonly Accepting[],
  said: (total: number) => string,
): Promise<Accepting[]> {
  try {
    const kept = await ctx.notes.acceptCopies(copies);
    if (kept.length === 0) return [];
    ctx.engine.announce(kept.flatMap(({ note, base }) => [note, base]));
    offerUndo(ctx, said(kept.length), (now) => releaseCopies(now, kept), true);
    return kept;
  } catch (thrown) {
    toast(errorText(thrown));
    return [];
  }
}

/** Makes notes of copies again. @returns false where none of them can be */
export async function releaseCopies(
  ctx: AppContext,
  copies: readonly Accepting[],
): Promise<boolean> {
  const back = await ctx.notes.releaseCopies(copies);
  ctx.engine.announce(copies.flatMap(({ note, base }) => [note, base]));
  if (back.length > 0) toast(C.back(back.length));
  return back.length > 0;
}
