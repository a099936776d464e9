/** What a worker does that was made for one trial: it has a runtime, and a heap, of its own. */
import type { Device, TrialApi } from '../../protocol.ts';
import type { IndexStore } from '../../storage/index/index-store.ts';
import { loadEmbedder } from '../embedder.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { activeModel, FIRST } from '../model/shelf.ts';
import { compareDevices } from './device-trial.ts';

export interface TrialDeps {
  store: IndexStore;
  /** Read already. */
  catalogue: Catalogue;
  base: string;
  device: Device;
}

export function makeTrial({ store, catalogue, base, device }: TrialDeps): TrialApi {
  return {
    async compareDevices() {
      const spec = activeModel(await store.generations(FIRST), catalogue);
      await compareDevices({
        store,
        spec,
        device,
        load: () => loadEmbedder(spec, { base, device, onProgress() {} }),
        ticks: () => performance.now(),
      });
    },
  };
}
