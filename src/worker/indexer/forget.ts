import type { IndexStore } from '../../storage/index/index-store.ts';
import { PURGED, PURGES_DONE } from '../../storage/purges.ts';
import { generationId } from '../../storage/schema.ts';
import { forgetPlaces } from '../map/forget-places.ts';
import type { Resident } from '../search/resident.ts';

interface Deps {
  store: IndexStore;
  resident: Resident;
  /** The lease's. */
  epoch: number;
  /** There is something else to do: what is left is done the next time. */
  stop(): boolean;
}

/**
 * Works off what a purge leaves to the worker, once the passages of the purged notes are dropped
 * and the vectors that are searched are collected: those of the previous generation, the map, and
 * the keyword snapshot, which is stored again. Cut off anywhere, it begins again.
 * @throws FindlingError `lease-lost`, `storage-full`
 */
export async function forgetPurged({ store, resident, epoch, stop }: Deps): Promise<void> {
  const purged = (await store.get(PURGED)) ?? 0;
  if (purged === ((await store.get(PURGES_DONE)) ?? 0)) return;
  const { kept: previous } = await store.generations({ gen: generationId(''), model: '' });
  if (previous) await store.collectUnlisted(previous.gen, epoch);
  await forgetPlaces(store);
  if (stop() || !(await resident.saveSnapshot(true, stop))) return;
  await store.set(PURGES_DONE, purged);
}
