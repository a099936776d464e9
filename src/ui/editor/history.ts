import type { AppContext } from '../core/context.ts';

export type KeptHistory = { json: string; revision: number } | null;

/** The undo history of the last time; null when there is none, or it cannot be read. */
export const keptHistory = ({ notes }: AppContext, id: string): Promise<KeptHistory> =>
  notes.undo(id).then(
    (kept) => kept ?? null,
    () => null,
  );

/** A history is a comfort: where it cannot be kept, nothing is said. */
export function keepHistory({ notes }: AppContext, id: string, history: KeptHistory): void {
  if (history) void notes.keepUndo({ note: id, ...history }).catch(() => {});
}
