/** ENTRY, engine worker realm: shows life, opens storage, builds the engine, exposes its API. */
import { expose } from 'comlink';
import { FindlingError, toFindlingError } from '../errors.ts';
import {
  PROTOCOL_VERSION,
  type WorkerConfig,
  type WorkerGreeting,
  type WorkerRequest,
} from '../protocol.ts';
import { openIndexStore } from '../storage/index/index-store.ts';
import { installTrustedTypes } from '../trusted-types.ts';
import { makeApi } from './api.ts';
import { realClock } from './clock.ts';
import { Engine } from './engine.ts';
import { type Fault, openFaults } from './faults.ts';
import { showLife, watchOwner } from './lifecycle/life.ts';
import { Catalogue } from './model/catalogue.ts';
import { deviceFor } from './model/device.ts';
import { watchWasmMemory } from './model/heap.ts';
import { activeModel, FIRST } from './model/shelf.ts';

const greet = (greeting: WorkerGreeting): void => postMessage(greeting);

async function main(): Promise<void> {
  installTrustedTypes();
  watchWasmMemory();
  const config = JSON.parse(self.name) as WorkerConfig;
  if (config.protocol !== PROTOCOL_VERSION) throw new FindlingError('protocol-mismatch');
  // The largest part by far comes while storage opens.
  import('./embedder.ts').catch(() => {});
  await showLife(config);
  const faults = openFaults(config.faults as Fault[] | undefined);
  await faults('start');
  // Without its storage a worker is of no use: its end is noticed, and the next one opens it anew.
  const store = await openIndexStore(config.workspace, { onLost: () => self.close() });
  const generations = await store.generations(FIRST);
  const catalogue = new Catalogue(config.base);
  await catalogue.refresh();
  if (config.trial) {
    const { makeTrial } = await import('./trial/trial.ts');
    expose(makeTrial({ store, catalogue, base: config.base, device: config.trial }));
    return greet({ findling: 'ready', protocol: PROTOCOL_VERSION });
  }
  const model = activeModel(generations, catalogue);
  const device = await deviceFor(store, model, config.gpuLost ?? false);
  const ask = (findling: WorkerRequest['findling']): void =>
    postMessage({ findling } satisfies WorkerRequest);
  const engine = new Engine(config, device, store, generations, catalogue, realClock, faults, ask);
  watchOwner(config, () => {
    void engine.shutdown().finally(() => self.close());
  });
  expose(makeApi(engine));
  greet({ findling: 'ready', protocol: PROTOCOL_VERSION });
  await engine.start();
}

main().catch((thrown) => {
  const { code, message } = toFindlingError(thrown);
  console.error(thrown);
  greet({ findling: 'failed', code, message });
});
