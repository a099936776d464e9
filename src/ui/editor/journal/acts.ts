import type { MetaChange, MetaUpdate, Notes } from '../../../storage/notes/index.ts';
import type { Journal } from '../../core/journal-types.ts';

/** What a person did that is no text: tags, folder and pin of notes, or a deletion taken back. */
export type Act =
  | { act: 'update'; changes: readonly { id: string; change: MetaChange }[] }
  | { act: 'restore'; ids: readonly string[] };

/** Sets an act's key apart from a note's: no note's id begins so. */
const ACT_PREFIX = '!';
/** Whether a journal key's last part names an act, and no note. */
export const isActName = (name: string): boolean => name.startsWith(ACT_PREFIX);
/** Its place among the acts of its tab; a note comes after all of them. */
export const actNumber = (name: string): number =>
  isActName(name) ? Number(name.slice(1)) || 0 : Number.MAX_SAFE_INTEGER;

let unwritten = 0;
/** Whether something is being done that the journal does not have: leaving must ask. */
export const actsAtRisk = (): boolean => unwritten > 0;

/** The same notes, whose acts stand in the journal until they are durable. */
export function journaledNotes(notes: Notes, journal: Journal): Notes {
  async function journaled<T>(act: Act | null, work: () => Promise<T>): Promise<T> {
    const name = `${ACT_PREFIX}${journal.next()}`;
    const written = act !== null && journal.writeAct(notes.workspace, name, act);
    if (!written) unwritten++;
    try {
      return await work();
    } finally {
      // Done, or failed and said so.
      if (written) journal.clear(notes.workspace, name);
      else unwritten--;
    }
  }
  return {
    ...notes,
    update: (changes) => journaled(plainChanges(changes), () => notes.update(changes)),
    restore: (id) => journaled({ act: 'restore', ids: [id] }, () => notes.restore(id)),
    restoreAll: (ids) => journaled({ act: 'restore', ids }, () => notes.restoreAll(ids)),
  };
}

/** Changes as they can be written; null where one depends on what only storage knows. */
function plainChanges(updates: readonly MetaUpdate[]): Act | null {
  const changes: { id: string; change: MetaChange }[] = [];
  for (const { id, change, known } of updates) {
    if (typeof change === 'function' && !known) return null;
    const plain = typeof change === 'function' ? change(known!) : change;
    if (plain) changes.push({ id, change: plain });
  }
  return { act: 'update', changes };
}
