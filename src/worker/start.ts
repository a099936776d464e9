import { expose } from 'comlink';
import { FindlingError, toFindlingError } from '../errors.ts';
import {
  PROTOCOL_VERSION,
  type WorkerConfig,
  type WorkerGreeting,
  type WorkerRequest,
} from '../protocol.ts';
import { openIndexStore } from '../storage/index/index-store.ts';
import { makeApi } from './api.ts';
import { Engine } from './engine.ts';
import { holdLivenessLock, watchOwner } from './lifecycle/liveness.ts';
import { Catalogue } from './model/catalogue.ts';
import { deviceFor } from './model/device.ts';
import { activeModel, FIRST } from './model/generation-models.ts';
import type { WorkerRealm } from './realm.ts';

/**
 * Holds its liveness lock, opens storage, builds the engine, exposes its API. A failure is told to
 * the page.
 */
export async function startWorker(realm: WorkerRealm): Promise<void> {
  const greet = (greeting: WorkerGreeting): void => realm.post(greeting);
  try {
    await start(realm, greet);
  } catch (thrown) {
    const { code, message } = toFindlingError(thrown);
    console.error(thrown);
    greet({ findling: 'failed', code, message });
  }
}

async function start(realm: WorkerRealm, greet: (greeting: WorkerGreeting) => void): Promise<void> {
  const config = JSON.parse(realm.name) as WorkerConfig;
  if (config.protocol !== PROTOCOL_VERSION) throw new FindlingError('protocol-mismatch');
  await holdLivenessLock(realm.locks, config);
  const faults = realm.openFaults(config);
  await faults('start');
  // Without its storage a worker is of no use: its end is noticed, and the next one opens it again.
  const onLost = (): void => realm.close();
  const store = await openIndexStore(config.workspace, { onLost }, realm.segmentSizes);
  const generations = await store.generations(FIRST);
  const catalogue = new Catalogue(config.base);
  await catalogue.refresh();
  if (config.trial) {
    const { makeTrial } = await import('./trial/trial.ts');
    const trial = makeTrial({ store, catalogue, base: config.base, device: config.trial });
    expose(trial, realm.endpoint);
    return greet({ findling: 'ready', protocol: PROTOCOL_VERSION });
  }
  const model = activeModel(generations, catalogue);
  const device = await deviceFor(store, model, config.gpuLost ?? false);
  const replaceMe = (findling: WorkerRequest['findling']): void =>
    realm.post({ findling } satisfies WorkerRequest);
  const engine = new Engine({
    config,
    device,
    store,
    generations,
    catalogue,
    realm,
    faults,
    replaceMe,
  });
  watchOwner(realm.locks, config, () => {
    void engine.shutdown().finally(() => realm.close());
  });
  expose(makeApi(engine), realm.endpoint);
  greet({ findling: 'ready', protocol: PROTOCOL_VERSION });
  await engine.start();
}
