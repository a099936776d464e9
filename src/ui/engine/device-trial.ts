import { inTrialWorker, type TrialConfig } from './trial-worker.ts';

/** Some 50 MB may have to be fetched first; what hangs is known in the worker much sooner. */
const DEADLINE_MS = 600_000;

/**
 * Holds WebGPU against WebAssembly, each in a worker of its own: one runtime cannot be measured
 * beside the other, nor beside indexing.
 * @throws FindlingError `cancelled`, `deadline`, `worker-died`, `model-missing` and so on
 */
export async function tryDevices(
  spawn: (name: string) => Worker,
  config: TrialConfig,
  signal?: AbortSignal,
): Promise<void> {
  for (const device of ['wasm', 'webgpu'] as const) {
    const tab = `${config.tab}-${device}`;
    await inTrialWorker(
      spawn,
      { ...config, tab },
      { device, deadlineMs: DEADLINE_MS, signal },
      (api) => api.compareDevices(),
    );
  }
}
