import type { MapLayout } from '../../protocol.ts';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { S, shown } from '../core/strings.ts';

/** What is drawn and listed: the notes that are there, by cluster, largest first. */
export interface Scene {
  notes: NoteMeta[];
  /** [notes][2] */
  xy: Float32Array;
  /** The notes of cluster c are those from `starts[c]` to before `starts[c + 1]`. */
  starts: number[];
  clusters: { label: string; x: number; y: number }[];
}

/** Notes deleted since the map was made are left out; those of a cluster stand in a row. Pure. */
export function sceneOf(layout: MapLayout, notes: readonly NoteMeta[]): Scene {
  const there = new Map(notes.map((note) => [note.id, note]));
  const inside: { note: NoteMeta; at: number }[][] = layout.clusters.map(() => []);
  layout.ids.forEach((id, at) => {
    const note = there.get(id);
    if (note) inside[layout.cluster[at]!]?.push({ note, at });
  });
  for (const row of inside) row.sort((a, b) => byTitle.compare(a.note.title, b.note.title));
  const all = inside.flat();
  const xy = new Float32Array(all.length * 2);
  all.forEach(({ at }, i) => {
    xy[2 * i] = layout.xy[2 * at]!;
    xy[2 * i + 1] = layout.xy[2 * at + 1]!;
  });
  const starts = [0];
  for (const row of inside) starts.push(starts.at(-1)! + row.length);
  return {
    notes: all.map(({ note }) => note),
    xy,
    starts,
    clusters: layout.clusters.map(({ words, x, y }, c) => ({
      label: words.join(', ') || shown(inside[c]![0]?.note.title ?? '') || S.untitled,
      x,
      y,
    })),
  };
}

const byTitle = new Intl.Collator(undefined, { numeric: true });
