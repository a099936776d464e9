import type { IndexStore } from '../../storage/index/index-store.ts';
import { MAP_KEY, MAP_VERSION } from './stored-map.ts';

/**
 * Takes notes that are gone out of the map that is kept, and all labels with them: a word of one
 * may be a note's that is gone. Both are made again when the map is looked at.
 */
export async function forgetPlaces(store: IndexStore): Promise<void> {
  const known = await store.get(MAP_KEY);
  if (!known) return;
  // Nobody can read it any more.
  if (known.version !== MAP_VERSION) return store.set(MAP_KEY, undefined);
  const there = new Set(await store.noteIds());
  const { layout } = known;
  const kept = layout.ids.flatMap((id, i) => (there.has(id) ? [i] : []));
  const xy = new Float32Array(kept.length * 2);
  for (const [at, i] of kept.entries()) xy.set(layout.xy.subarray(2 * i, 2 * i + 2), 2 * at);
  await store.set(MAP_KEY, {
    ...known,
    layout: {
      ...layout,
      ids: kept.map((i) => layout.ids[i]!),
      xy,
      cluster: Uint16Array.from(kept, (i) => layout.cluster[i]!),
      clusters: layout.clusters.map((one) => ({ ...one, words: [] })),
    },
  });
}
