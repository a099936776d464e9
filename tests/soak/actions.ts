/** What a soak does, and how often it must have done it. */
import type { Fault } from '../../src/worker/faults.ts';

interface Written {
  /** The note's id; null for an imported one, which the app has named: `key` finds it. */
  key: string;
  title: string;
  text: string;
}

/** Every action happens in the workspace that its tab shows. */
export type Action = { tab: string; waitMs: number } & (
  | ({ kind: 'save' | 'edit' | 'rename' } & Written)
  /** An edit that grew from an older revision: its rival is kept as a version. */
  | ({ kind: 'conflict' } & Written)
  | { kind: 'delete' | 'restore'; key: string }
  | {
      kind: 'import' | 'reimport';
      folder: string;
      files: Record<string, string>;
      imported: number;
      skipped: number;
      /** The page is reloaded so long after the import began, and the folder imported again. */
      cutAfterMs: number | null;
    }
  | { kind: 'kill' }
  /** The next worker has this fault; the present one is ended. */
  | { kind: 'fault'; fault: Fault }
  | { kind: 'open'; workspace: string }
  | { kind: 'close' | 'reload' | 'pause' | 'resume' | 'rebuild' }
  | { kind: 'switch'; workspace: string }
  | { kind: 'search'; word: string; key: string; found: boolean }
  /** More notes than the channel holds, as fast as they can be saved. */
  | { kind: 'rush'; notes: Written[] }
  /** Deletes what a rush has saved. */
  | { kind: 'clear'; keys: string[] }
  /** Storage is filled, a save is tried, room is made, and the save tried until it succeeds. */
  | ({ kind: 'squeeze' } & Written)
);

export type Kind = Action['kind'];

/** How often each kind is in a deck; an action that is not possible yet waits in the deck. */
export const DECK: Record<Kind, number> = {
  save: 7,
  edit: 7,
  rename: 2,
  conflict: 1,
  delete: 3,
  restore: 2,
  import: 1,
  reimport: 1,
  kill: 2,
  fault: 2,
  open: 2,
  close: 1,
  reload: 1,
  switch: 2,
  pause: 1,
  resume: 0,
  rebuild: 1,
  search: 4,
  rush: 1,
  clear: 0,
  squeeze: 1,
};

export const KINDS = Object.keys(DECK) as Kind[];

/** Below this a soak has not done what it says. `minutes`: its length. */
export function leastOf(kind: Kind, minutes: number, canSqueeze: boolean): number {
  if (kind === 'squeeze' && !canSqueeze) return 0;
  // `resume` follows `pause`, `clear` follows `rush`, perhaps after the end.
  if (kind === 'clear') return 0;
  const often = kind === 'save' || kind === 'edit' ? 3 : 1;
  return minutes < 1 ? 0 : Math.max(1, Math.floor((often * minutes) / 2));
}

/** Which kinds were done too seldom, in words. */
export function tooSeldom(
  done: Partial<Record<Kind, number>>,
  minutes: number,
  canSqueeze: boolean,
): string[] {
  return KINDS.flatMap((kind) => {
    const least = leastOf(kind, minutes, canSqueeze);
    const count = done[kind] ?? 0;
    return count < least ? [`${kind}: ${count} times, at least ${least} expected`] : [];
  });
}
