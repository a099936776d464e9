import type { MetaUpdate, Updated } from '../../storage/notes/index.ts';
import type { AppContext } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { toast } from '../core/toasts.tsx';
import { offerUndo } from '../core/undo-stack.ts';
import { freePath } from './list-choice.ts';
import { takeBack } from './meta-changes.ts';
import { freshNoteList } from './note-list.ts';

/** Notes in one transaction. */
const AT_ONCE = 1_000;

/** What was done beside a change, to be said and taken back with it. */
interface Beside {
  said(change: string): string;
  takeBack(ctx: AppContext): Promise<boolean>;
}

/**
 * Writes, tells the other tabs, says so and offers the way back.
 * @param beside does what follows from it
 */
export async function changeNotes(
  ctx: AppContext,
  changes: MetaUpdate[],
  said: (changed: number) => string,
  beside: (updated: readonly Updated[]) => Promise<Beside | null> = async () => null,
): Promise<void> {
  try {
    const updated = await write(ctx, changes);
    if (updated.length === 0) return;
    const other = await beside(updated).catch((thrown) => {
      // What was changed stays, and can be taken back.
      toast(errorText(thrown));
      return null;
    });
    const text = said(updated.length);
    offerUndo(ctx, other ? other.said(text) : text, async (now) => {
      const undone = await putBack(now, updated);
      return ((await other?.takeBack(now)) ?? false) || undone;
    });
  } catch (thrown) {
    toast(errorText(thrown));
  }
}

/** Takes back what was done to these notes, and nothing that was done to them since. */
async function putBack(ctx: AppContext, updated: readonly Updated[]): Promise<boolean> {
  const taken = new Set((await freshNoteList(ctx)).map(({ path }) => path));
  /** By note: it is asked for once for the journal, and once for what is stored. */
  const given = new Map<string, string>();
  const free = (id: string, path: string): string => {
    const next = given.get(id) ?? freePath(path, taken);
    given.set(id, next);
    if (next) taken.add(next);
    return next;
  };
  const undone = await write(
    ctx,
    updated.map(({ before, after }) => ({
      id: before.id,
      known: after,
      change: (now) => takeBack(before, after, now, (path) => free(before.id, path)),
    })),
  );
  return undone.length > 0;
}

async function write({ notes, engine }: AppContext, changes: MetaUpdate[]): Promise<Updated[]> {
  const updated: Updated[] = [];
  try {
    for (let at = 0; at < changes.length; at += AT_ONCE) {
      updated.push(...(await notes.update(changes.slice(at, at + AT_ONCE))));
    }
    return updated;
  } finally {
    if (updated.length > 0) engine.announce(updated.map(({ before }) => before.id));
  }
}
