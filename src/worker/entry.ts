/** ENTRY, engine worker realm: the browser's own surroundings, and the start in them. */
import type { Endpoint } from 'comlink';
import { browserRealm } from '../realm.ts';
import { installTrustedTypes } from '../trusted-types.ts';
import { workerClock } from './clock.ts';
import { type Fault, openFaults } from './faults.ts';
import { watchWasmMemory } from './model/heap.ts';
import { modelLoader } from './model/loader.ts';
import { startWorker } from './start.ts';

installTrustedTypes();
watchWasmMemory();
// The largest part by far comes while storage opens.
import('./embedder.ts').catch(() => {});
void startWorker({
  ...browserRealm(),
  clock: workerClock,
  name: self.name,
  endpoint: self as unknown as Endpoint,
  post: (message) => postMessage(message),
  close: () => self.close(),
  modelLoader,
  openFaults: ({ faults }) => openFaults(faults as Fault[] | undefined),
  deviceMemory: (navigator as { deviceMemory?: number }).deviceMemory,
});
