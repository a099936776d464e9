import { type Remote, releaseProxy, wrap } from 'comlink';
import type { Clock } from '../../clock.ts';
import { FindlingError } from '../../errors.ts';
import { PROTOCOL_VERSION, type TrialApi, type WorkerConfig } from '../../protocol.ts';
import { greeted, limits } from './waiting.ts';

/** Deadline of a trial, ms: a large model may have to be fetched first, and it can be cancelled. */
const DEADLINE_MS = 600_000;

export type TrialConfig = Pick<WorkerConfig, 'workspace' | 'base' | 'tab'> & { clock: Clock };
export interface TrialOptions {
  device: NonNullable<WorkerConfig['trial']>;
  signal?: AbortSignal;
}

/**
 * Has one thing done by a worker that is made for it and ended afterwards, whatever comes of it.
 */
export async function inTrialWorker<T>(
  spawn: (name: string) => Worker,
  { clock, ...config }: TrialConfig,
  { device, signal }: TrialOptions,
  run: (api: Remote<TrialApi>) => Promise<T>,
): Promise<T> {
  const name: WorkerConfig = {
    ...config,
    protocol: PROTOCOL_VERSION,
    generation: 1,
    trial: device,
  };
  const limit = limits(clock, DEADLINE_MS, signal);
  const worker = spawn(JSON.stringify(name));
  const api = wrap<TrialApi>(worker);
  const died = new Promise<never>((_, reject) => {
    worker.addEventListener('error', () => reject(new FindlingError('worker-died')));
  });
  died.catch(() => {});
  try {
    await Promise.race([greeted(worker, clock), limit.over]);
    return await Promise.race([run(api), died, limit.over]);
  } finally {
    limit.clear();
    api[releaseProxy]();
    worker.terminate();
  }
}
