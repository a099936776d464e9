import { isCode } from '../../errors.ts';
import type { IndexStore } from '../../storage/index/index-store.ts';
import type { EmbeddingTarget } from '../model/generation-models.ts';

export interface MaintenanceDeps {
  store: IndexStore;
  /** What pending notes are embedded for. */
  target: EmbeddingTarget;
  /** Whether `target` takes the place of another generation once nothing is pending. */
  building: boolean;
  epoch: number;
  /** Whether all notes are resident. */
  loaded: () => boolean;
  /** Hashes that some note holds; null while not all notes are loaded. */
  referenced: () => Promise<ReadonlySet<string> | null>;
}

/** What is done with stored vectors while no note is pending. */
export class Maintenance {
  readonly #d: MaintenanceDeps;
  /** Whether there may be vectors that no note holds. */
  garbage = true;

  constructor(deps: MaintenanceDeps) {
    this.#d = deps;
  }

  /**
   * Vectors that no note holds any more go when nothing is pending: no orphans while a run lasts.
   */
  async collectGarbage(): Promise<void> {
    const { store, target, building, epoch } = this.#d;
    // What is resident says nothing of a generation that is not searched yet.
    if (building) return;
    const { gen } = target;
    const held = await this.#d.referenced();
    if (!held) return;
    const unreferenced = (await store.vectorHashes(gen)).filter((hash) => !held.has(hash));
    if (unreferenced.length > 0) await store.collectGarbage(gen, unreferenced, epoch);
    await store.dropUnused();
    this.garbage = false;
  }

  /**
   * Packs vectors into segments when there is nothing else to do, so that a start reads them fast.
   * @param stop there is something else to do
   */
  async pack(stop: () => boolean): Promise<void> {
    const { store, target, building, epoch } = this.#d;
    // It would be in the way of a start that still reads them.
    if (building || !this.#d.loaded()) return;
    const { dimensions } = target.embedder.spec;
    try {
      await store.pack(target.gen, dimensions, epoch, stop);
    } catch (thrown) {
      // It needs some room for a moment. Where they lie they are as good, only slower to read.
      if (!isCode(thrown, 'storage-full')) throw thrown;
    }
  }
}
