/** What a worker does that was made for one trial: it has a runtime, and a heap, of its own. */

import { FindlingError } from '../../errors.ts';
import type { Device, TrialApi } from '../../protocol.ts';
import type { IndexStore } from '../../storage/index/index-store.ts';
import { openImportedModels } from '../../storage/models/imported.ts';
import { loadEmbedder } from '../embedder.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { ModelFiles } from '../model/files.ts';
import { activeModel, FIRST } from '../model/generation-models.ts';
import { wasmBytes } from '../model/heap.ts';
import { calibrationKey } from '../search/calibration-rows.ts';
import { compareDevices } from './device-trial.ts';
import { checkModel } from './model-check.ts';

export interface TrialDeps {
  store: IndexStore;
  /** Read already. */
  catalogue: Catalogue;
  base: string;
  device: Device;
}

/** The API of a worker that is made for one trial, on its device. */
export function makeTrial({ store, catalogue, base, device }: TrialDeps): TrialApi {
  const ticks = (): number => performance.now();
  return {
    async checkModel(id) {
      const spec = catalogue.get(id);
      if (!spec) throw new FindlingError('model-missing');
      const { report, calibration } = await checkModel({
        spec,
        load: () => loadEmbedder(new ModelFiles(spec, { base, device })),
        ticks,
        heap: wasmBytes,
      });
      if (calibration) {
        await store.set(calibrationKey(spec), calibration);
        await openImportedModels(base).amend(id, { single: report.single });
      }
      return report;
    },
    async compareDevices() {
      const spec = activeModel(await store.generations(FIRST), catalogue);
      await compareDevices({
        store,
        spec,
        device,
        load: () => loadEmbedder(new ModelFiles(spec, { base, device })),
        ticks,
      });
    },
  };
}
