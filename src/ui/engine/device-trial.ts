import { inTrialWorker, type TrialConfig } from './trial-worker.ts';

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
    await inTrialWorker(spawn, { ...config, tab }, { device, signal }, (api) =>
      api.compareDevices(),
    );
  }
}
