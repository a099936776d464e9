import type { TrashedAt } from '../../storage/notes/index.ts';
import type { AppContext } from '../core/context.ts';
import { forgetEntries } from '../editor/journal/session.ts';

/** Notes in one transaction: a long one would hold up a save. */
const AT_ONCE = 50;

/**
 * THE way in which the page deletes notes in the trash for good, whoever asks for it: some at a
 * time, and every tab and the index hear of it.
 * @param mayContinue asked before each lot
 * @returns ids of the notes that are gone
 */
export async function deleteForGood(
  { notes, engine }: Pick<AppContext, 'notes' | 'engine'>,
  wanted: readonly TrashedAt[],
  mayContinue: () => Promise<boolean> = async () => true,
): Promise<string[]> {
  const deleted = await notes.deleted();
  const gone: string[] = [];
  for (let at = 0; at < wanted.length && (await mayContinue()); at += AT_ONCE) {
    const lot = wanted.slice(at, at + AT_ONCE);
    const purged = await deleted.purge(lot);
    gone.push(...purged);
    await forgetEntries(notes.workspace, purged);
    engine.announce(lot.map(({ id }) => id));
  }
  return gone;
}
