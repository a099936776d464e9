import type { ModelReport } from '../../protocol.ts';
import { inTrialWorker, type TrialConfig } from './trial-worker.ts';

/** A large model on a slow device takes its time, and can be cancelled. */
const DEADLINE_MS = 600_000;

/** @throws FindlingError `cancelled`, `deadline`, `worker-died` */
export const checkModel = (
  spawn: (name: string) => Worker,
  config: TrialConfig,
  id: string,
  signal?: AbortSignal,
): Promise<ModelReport> =>
  inTrialWorker(spawn, config, { device: 'wasm', deadlineMs: DEADLINE_MS, signal }, (api) =>
    api.checkModel(id),
  );
