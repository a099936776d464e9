/** Conflict copies of a backup that are versions of another of its notes. */
import type { BackedUpNote, Merged, NoteMeta, Notes } from '../../storage/notes/index.ts';

/** Tells a copy that its note here keeps already. */
export function keptCopies(here: readonly NoteMeta[]): (one: BackedUpNote) => boolean {
  const kept = new Set(here.flatMap(({ copies = [] }) => copies.map(({ id }) => id)));
  const notes = new Set(here.map(({ id }) => id));
  return ({ id, copyOf }) => copyOf !== undefined && kept.has(id) && !notes.has(id);
}

/**
 * Makes copies versions again once all notes are there. They come as notes first: whatever cuts a
 * restore off, none is lost.
 */
export function copyKeeper(notes: Pick<Notes, 'acceptCopies'>) {
  /** Notes here by their ids in the backup, where a twin has another. */
  const ids = new Map<string, string>();
  const wanted: { note: string; base: string }[] = [];
  return {
    met(batch: readonly BackedUpNote[], merged: readonly Merged[]): void {
      for (const [i, { id, copyOf }] of batch.entries()) {
        const here = merged[i]?.id ?? id;
        if (here !== id) ids.set(id, here);
        // One that is a note here stays one: nobody asked for more.
        const isNew = merged[i]?.outcome === 'restored';
        if (copyOf !== undefined && isNew) wanted.push({ note: here, base: copyOf });
      }
    },
    /** @returns ids of the notes that changed */
    async keep(): Promise<string[]> {
      if (wanted.length === 0) return [];
      const all = wanted.map(({ note, base }) => ({ note, base: ids.get(base) ?? base }));
      const kept = await notes.acceptCopies(all);
      return kept.flatMap(({ note, base }) => [note, base]);
    },
  };
}
