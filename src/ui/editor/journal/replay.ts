import type { Notes } from '../../../storage/notes/index.ts';
import { actNumber, isActName } from './acts.ts';
import { readJournalKey } from './keys.ts';
import { readAct } from './read-act.ts';
import { readEntry } from './read-entry.ts';

/** Text that no note has: shown, and kept or discarded as the person says. */
export interface FoundDraft {
  /** Its key in the journal, where it stays until then. */
  key: string;
  title: string;
  text: string;
  /** When it was typed, epoch ms. */
  at: number;
}

export interface ReplayDeps {
  storage: Pick<Storage, 'length' | 'key' | 'getItem' | 'removeItem'>;
  /** This page's own id. */
  tab: string;
  /** The workspace that is open, and the ids of all there are. */
  workspace: string;
  workspaces: readonly string[];
  notes: Pick<Notes, 'recover' | 'update' | 'restoreAll'>;
  /** Runs `work` holding the tab's lock; false where the tab still lives. */
  withLock(tab: string, work: () => Promise<void>): Promise<boolean>;
}

export interface Replayed {
  /** Notes that were changed. */
  changed: string[];
  found: FoundDraft[];
  /** Whether entries of living tabs were met. */
  living: boolean;
}

/**
 * Takes up what tabs that have ended left in the journal. An entry is removed only after what
 * became of it is durable; one that becomes no note's text stays until the person decides.
 */
export async function replayJournal(deps: ReplayDeps): Promise<Replayed> {
  const result: Replayed = { changed: [], found: [], living: false };
  const byTab = new Map<string, string[]>();
  for (let i = 0; i < deps.storage.length; i++) {
    const key = deps.storage.key(i);
    const place = key === null ? null : readJournalKey(key);
    if (!key || !place || place.tab === deps.tab || !isOurs(deps, place.workspace)) continue;
    byTab.set(place.tab, [...(byTab.get(place.tab) ?? []), key]);
  }
  for (const [tab, keys] of byTab) {
    const free = await deps.withLock(tab, async () => {
      for (const key of keys.sort(actsFirst)) await replayOne(deps, key, result);
    });
    if (!free) result.living = true;
  }
  return result;
}

/** A deletion that was taken back comes before what was typed after that; acts in their order. */
function actsFirst(a: string, b: string): number {
  const [first, second] = [a, b].map((key) => actNumber(readJournalKey(key)?.note ?? ''));
  return first! - second!;
}

/** Of the open workspace, or of one that is gone; of others when they are opened. */
const isOurs = ({ workspace, workspaces }: ReplayDeps, of: string): boolean =>
  of === workspace || !workspaces.includes(of);

async function replayOne(deps: ReplayDeps, key: string, result: Replayed): Promise<void> {
  const { storage, notes, workspace } = deps;
  const place = readJournalKey(key);
  // Read under the lock: the tab may have written it again, or removed it, as the last thing it did.
  const stored = storage.getItem(key);
  if (!place || stored === null) return;
  const here = place.workspace === workspace;
  if (isActName(place.note)) {
    const act = readAct(stored);
    if (here && act?.act === 'update') {
      const updated = await notes.update(act.changes, { before: act.at });
      result.changed.push(...updated.map(({ before }) => before.id));
    } else if (here && act?.act === 'restore') {
      const restored = await notes.restoreAll(act.ids, { before: act.at });
      result.changed.push(...restored.map(({ id }) => id));
    }
    storage.removeItem(key);
    return;
  }
  const entry = readEntry(stored, place.tab, place.note);
  // Of a later version, or damaged: left for whoever can read it.
  if (!entry) return;
  if (!here) {
    const text = entry.text ?? entry.bases[0]?.change?.insert ?? '';
    result.found.push({ key, title: entry.title, text, at: entry.at });
    return;
  }
  const recovered = await notes.recover(entry);
  if (recovered.kind === 'found') {
    const { title, text } = recovered;
    result.found.push({ key, title, text, at: entry.at });
    return;
  }
  if (recovered.kind !== 'known') result.changed.push(place.note);
  storage.removeItem(key);
}
