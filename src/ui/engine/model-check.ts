import type { ModelReport } from '../../protocol.ts';
import { inTrialWorker, type TrialConfig } from './trial-worker.ts';

/** @throws FindlingError `cancelled`, `deadline`, `worker-died` */
export const checkModel = (
  spawn: (name: string) => Worker,
  config: TrialConfig,
  id: string,
  signal?: AbortSignal,
): Promise<ModelReport> =>
  inTrialWorker(spawn, config, { device: 'wasm', signal }, (api) => api.checkModel(id));
